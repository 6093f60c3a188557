/** Resolves in a task after this one, so that the browser can see to keys, pointer and frames between the two. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
