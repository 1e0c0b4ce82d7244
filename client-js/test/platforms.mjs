import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';
import { createCloud } from '../dist/index.js';
import { startGateway } from './gateway.mjs';
import { createWx } from './wx.mjs';

const read = (file) => readFileSync(new URL(`../dist/${file}`, import.meta.url), 'utf8');

/** The package as a mini program loads it: CommonJS, and of a platform nothing but timers and what is given. */
export function loadInMiniProgram(globals = {}) {
    const module = { exports: {} };
    const context = vm.createContext(Object.assign(globals, { module, exports: module.exports, setTimeout, clearTimeout }));
    vm.runInContext(read('miniprogram/index.js'), context);
    return module.exports;
}

/** The package as a page loads it with a script element. */
export function loadInPage(fetch = pageFetch) {
    const context = vm.createContext({ fetch, Request, AbortController, setTimeout, clearTimeout });
    vm.runInContext(`${read('berth.global.js')}; this.berth = berth;`, context);
    return context.berth;
}

/** What the Fetch standard leaves of an answer in a page: no cookies, and nothing of a redirect that is not followed. */
async function pageFetch(url, options) {
    const response = await fetch(url, { ...options, headers: { ...options.headers, origin: 'http://localhost:5173' } });
    if (options.redirect === 'manual' && response.status >= 300 && response.status < 400) {
        return { type: 'opaqueredirect', status: 0, headers: new Headers(), arrayBuffer: async () => new ArrayBuffer(0) };
    }
    const headers = new Headers([...response.headers].filter(([name]) => name !== 'set-cookie'));
    return { type: 'cors', status: response.status, headers, arrayBuffer: () => response.arrayBuffer() };
}

function loginCounting() {
    let codes = 0;
    return async () => `code-${++codes}`;
}

const viaFetch = (create) => (endpoint, options) =>
    create({ endpoint, appid: 'wxOWN', login: loginCounting(), ...options });

export const platforms = {
    Node: viaFetch(createCloud),
    page: viaFetch(loadInPage().createCloud),
    'mini program': (endpoint, options) => {
        const wx = createWx();
        loadInMiniProgram().install(wx, { endpoint, ...options });
        return wx.cloud;
    },
};

/** Runs `check({cloud, gateway})` once per platform, the cloud initialised with env `prod-01`, each with a gateway of its own. */
export function onEveryPlatform(name, check) {
    Object.keys(platforms).forEach((platform) => on(platform, name, check));
}

export function on(platform, name, check) {
    test(`${name} (${platform})`, async () => {
        const gateway = await startGateway();
        try {
            const create = (options) => platforms[platform](gateway.endpoint, options);
            const cloud = create();
            cloud.init({ env: 'prod-01' });
            await check({ cloud, gateway, create, platform });
        } finally {
            await gateway.close();
        }
    });
}

export const service = { 'X-WX-SERVICE': 'count' };

/** Values of another realm as this one's, so that strict comparisons see content only. */
export function plain(value) {
    return JSON.parse(JSON.stringify(value));
}

/** The error of a promise that must fail. */
export async function errorOf(promise) {
    try {
        await promise;
    } catch (error) {
        return error;
    }
    throw new Error('it succeeded (expected: a failure)');
}
