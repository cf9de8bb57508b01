import { connect } from 'node:net';
import { ADDRESS_LENGTH, clientOfRequest } from './client-addresses.mjs';
import { requestBytes } from './requests.mjs';

const READ_BYTES = 64 * 1024;
const LENGTH = /\r\ncontent-length: *(\d+)/i;
/** Of a long answer the beginning is looked at. */
const KEPT = 4096;
const HEAD_END = '\r\n\r\n';

/** One keep-alive connection with one request at a time; calls back with what the answer was. */
export class Connection {
  #request;
  #addressAt;
  #socket;
  #head = '';
  #missing = 0;
  #answer;
  #onAnswer;

  constructor(port, load, index, { onAnswer, onError }) {
    const turn = index % load.bodies.length;
    this.#request = requestBytes(load, load.bodies[turn], clientOfRequest(0));
    this.#addressAt = this.#request.indexOf('X-Forwarded-For: ') + 'X-Forwarded-For: '.length;
    this.expected = load.expected[turn];
    this.status = String(load.status);
    this.#onAnswer = onAnswer;
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(READ_BYTES),
        callback: (count, buffer) => this.#read(count, buffer),
      },
    });
    this.#socket.on('error', onError);
    this.#socket.on('close', () => onError(new Error('The server closed a connection')));
    this.opened = new Promise((resolve) => {
      this.#socket.once('connect', resolve);
    });
  }

  /** Sends the next request; the bytes are free again once it is answered. */
  send(client) {
    if (client !== undefined) {
      this.#request.write(client, this.#addressAt, ADDRESS_LENGTH, 'latin1');
    }
    this.#socket.write(this.#request);
  }

  close() {
    this.#socket.removeAllListeners('close');
    this.#socket.removeAllListeners('error');
    this.#socket.on('error', () => undefined);
    this.#socket.destroy();
  }

  #read(count, buffer) {
    if (this.#missing > 0) {
      this.#missing -= count;
      if (this.#answer.length < KEPT) this.#answer += buffer.latin1Slice(0, count);
      if (this.#missing <= 0) this.#finish();
      return true;
    }
    const text = this.#head + buffer.latin1Slice(0, count);
    const headEnd = text.indexOf(HEAD_END);
    if (headEnd === -1) {
      this.#head = text;
      return true;
    }
    this.#head = '';
    const length = Number(LENGTH.exec(text)?.[1]);
    this.#answer = text;
    this.#missing = headEnd + HEAD_END.length + length - text.length;
    if (!(this.#missing > 0)) this.#finish();
    return true;
  }

  #finish() {
    const answer = this.#answer;
    this.#missing = 0;
    const isRight = answer.startsWith(this.status, 9) && answer.includes(this.expected);
    this.#onAnswer(this, isRight, answer);
  }
}
