/** `finally` waits for a promise that it is given. The declaration of the library says nothing of it, and the lint then objects. */
interface Promise<T> {
  finally(onfinally?: (() => void | PromiseLike<void>) | null): Promise<T>;
}
