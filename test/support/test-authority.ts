import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate authority of this test's own, and a certificate of it for 127.0.0.1. */
export class TestAuthority {
  private readonly folder = mkdtempSync(join(tmpdir(), 'inferserve-authority-'));

  constructor() {
    const make = (name: string, subject: string, ...more: readonly string[]): void => {
      const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
      const files = ['-keyout', this.path(`${name}.key`), '-out', this.path(`${name}.crt`)];
      execFileSync('openssl', [...args, ...files, '-subj', subject, ...more], { stdio: 'ignore' });
    };
    make('ca', '/CN=Test authority');
    const issuer = ['-CA', this.path('ca.crt'), '-CAkey', this.path('ca.key')];
    make('server', '/CN=redis', ...issuer, '-addext', 'subjectAltName=IP:127.0.0.1');
  }

  /** The authority's certificate, PEM. */
  get certificate(): string {
    return readFileSync(this.path('ca.crt'), 'utf8');
  }

  /** Options of redis-server that make it speak TLS, and nothing else, on a port. */
  redisOptions(port: number): readonly string[] {
    const options = {
      '--tls-port': String(port),
      '--tls-auth-clients': 'no',
      '--tls-cert-file': this.path('server.crt'),
      '--tls-key-file': this.path('server.key'),
      '--tls-ca-cert-file': this.path('ca.crt'),
    };
    return Object.entries(options).flat();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}
