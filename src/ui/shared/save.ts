/** Hands the person a file. */
export function save({ name, type, text }: { readonly name: string; readonly type: string; readonly text: string | Blob }): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the text as soon as it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
