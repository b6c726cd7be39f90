import { type RawData, WebSocket } from 'ws';

/** Who hears what a socket hears. */
export interface SocketListener {
  onMessage(data: RawData, binary: boolean): void;
  onPong(): void;
  onError(error: Error): void;
  onClosed(): void;
}

/** A socket that knows its listener, so that all sockets share the functions that call it: there are thousands. */
export class PageSocket extends WebSocket {
  #listener: SocketListener | null = null;

  /** Once, before the first frame can come. */
  tellTo(listener: SocketListener): void {
    this.#listener = listener;
    this.on('message', onMessage).on('pong', onPong).on('error', onError).on('close', onClosed);
  }

  static listenerOf(socket: WebSocket): SocketListener | null {
    return socket instanceof PageSocket ? socket.#listener : null;
  }
}

function onMessage(this: WebSocket, data: RawData, binary: boolean): void {
  PageSocket.listenerOf(this)?.onMessage(data, binary);
}
function onPong(this: WebSocket): void {
  PageSocket.listenerOf(this)?.onPong();
}
function onError(this: WebSocket, error: Error): void {
  PageSocket.listenerOf(this)?.onError(error);
}
function onClosed(this: WebSocket): void {
  PageSocket.listenerOf(this)?.onClosed();
}
