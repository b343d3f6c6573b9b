import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorAnswer, type ErrorCode } from '../errors.ts';
import { isWithoutHandshake } from './handshakes.ts';

const CODES: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
};

/**
 * Answers what never became a request, and closes the connection. While an earlier request of the connection is being
 * carried out the answer would be taken for that one's, so then it is only closed.
 */
export function answerClientError(
  error: { readonly code?: string },
  socket: Socket,
  isAnswering: boolean,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering || isWithoutHandshake(socket)) {
    socket.destroy();
    return;
  }
  const { status, body } = errorAnswer(CODES[error.code ?? ''] ?? 'MALFORMED_HTTP');
  const text = JSON.stringify(body);
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
  socket.destroySoon();
}
