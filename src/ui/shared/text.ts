/** Half a surrogate pair cannot be sent or put into a link: each becomes U+FFFD, as `String.toWellFormed` of ES2024 does. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');
