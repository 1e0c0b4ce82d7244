// Debian's own chromium, driven through its debugging protocol.
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';

const FLAGS = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP foreign.example 127.0.0.1',
];

export const executable = find();

/** Why browser tests are left out; CI leaves nothing out. */
export const leftOut = executable || process.env.CI === 'true' ? false : 'no chromium here; bring it with: ./berth test --install';

/** With a fresh profile. */
export const startBrowser = () => chromium.launch({ executablePath: executable, args: FLAGS });

function find() {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
        try {
            return execFileSync('which', [name], { encoding: 'utf8' }).trim();
        } catch {
            // the next name
        }
    }
    return undefined;
}
