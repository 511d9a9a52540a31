/** Parameters are read against their schema beside the schema itself, as topologies of topologies read some too. */
export { readParams } from '../../protocol/read-params.ts';
