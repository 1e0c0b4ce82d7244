// The packaged platform for a test file: ./berth up --detach in a folder of its own, and down at the end.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const root = fileURLToPath(new URL('../../..', import.meta.url));

export async function startPlatform(...paths) {
    const folder = await mkdtemp(path.join(tmpdir(), 'berth-acceptance-'));
    const env = {
        ...process.env,
        BERTH_GATEWAY_PORT: '0',
        BERTH_MANAGEMENT_PORT: '0',
        BERTH_INWARD_PORT: '0',
        BERTH_SIMULATOR_PORT: '0',
        BERTH_DATA: path.join(folder, 'data'),
    };
    const berth = async (args, input = '') => {
        const command = run(path.join(root, 'berth'), args, { cwd: folder, env });
        command.child.stdin.end(input);
        return (await command).stdout;
    };
    const services = paths.map((name) => path.join(root, name));
    const said = await berth(['up', '--detach', '--json', ...services]);
    const { app, environment, doors } = JSON.parse(said.split('\n').find((line) => line.startsWith('{')));
    return {
        app,
        environment,
        doors,
        berth,
        login: (user, appid = app) => () => code(doors.simulator, appid, user),
        openidOf: async (user, appid = app) =>
            JSON.parse(await berth(['users', '--json'])).users.find(({ name }) => name === user).openids[appid],
        async stop() {
            await berth(['down']);
            await rm(folder, { recursive: true });
        },
    };
}

/** What wx.login gives a mini program. */
async function code(simulator, appid, user) {
    const response = await fetch(`${simulator}/__sim__/codes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ appid, user }),
    });
    return (await response.json()).code;
}
