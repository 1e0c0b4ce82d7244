import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createCloud, install, wxTransport } from '../dist/index.js';
import { startGateway } from './gateway.mjs';
import { errorOf, service } from './platforms.mjs';
import { createWx } from './wx.mjs';

const ENDPOINT = 'http://127.0.0.1:9';

class NativeCloud {
    CloudID = class CloudID {};
    get services() {
        return 'native services';
    }
    init() {
        throw new Error('the native init ran');
    }
    callContainer() {
        throw new Error('the native channel was called');
    }
    callFunction() {
        throw new Error('the native functions were called');
    }
    uploadFile() {
        return this.services;
    }
}

const installations = {
    'as plain data': (cloud) => createWx({ cloud }),
    'frozen': (cloud) => createWx({ cloud: Object.freeze(cloud) }),
    'behind a getter': (cloud) => Object.defineProperty(createWx(), 'cloud', { get: () => cloud, configurable: true }),
    'behind a lasting getter': (cloud) => Object.defineProperty(createWx(), 'cloud', { get: () => cloud, configurable: false }),
    'made anew by a getter': () => Object.defineProperty(createWx(), 'cloud', { get: () => new NativeCloud(), configurable: true }),
    'read-only': (cloud) => Object.defineProperty(createWx(), 'cloud', { value: cloud, writable: false, configurable: true }),
    'on a frozen wx': (cloud) => Object.freeze(createWx({ cloud })),
};

for (const [kind, make] of Object.entries(installations)) {
    test(`CH-13 CH-14 install takes over wx.cloud ${kind}, and its other members stay`, () => {
        const native = new NativeCloud();
        const wx = make(native);
        const cloud = install(wx, { endpoint: ENDPOINT });
        assert.equal(wx.cloud.init, cloud.init);
        assert.equal(wx.cloud.Cloud, cloud.Cloud);
        assert.equal(wx.cloud.callContainer, cloud.callContainer);
        assert.equal(wx.cloud.callFunction, cloud.callFunction);
        assert.equal(wx.cloud.CloudID, cloud.CloudID);
        assert.equal(wx.cloud.uploadFile(), 'native services');
        assert.equal(wx.cloud.services, 'native services');
    });
}

test('CH-13 install makes a wx.cloud where the base library has none', () => {
    const wx = createWx();
    install(wx, { endpoint: ENDPOINT });
    assert.equal(typeof wx.cloud.callContainer, 'function');
});

test('CH-13 install says so where wx.cloud cannot be replaced', () => {
    const wx = Object.freeze(createWx({ cloud: Object.freeze({}) }));
    assert.throws(() => install(wx, { endpoint: ENDPOINT }), /wx\.cloud cannot be replaced here \(do instead: createCloud/);
});

test('CH-139 the AppID is the mini program\'s own unless another is given', async () => {
    const gateway = await startGateway();
    try {
        for (const [options, appid] of [[{}, 'wxABC'], [{ appid: 'wxGIVEN' }, 'wxGIVEN']]) {
            const wx = createWx({ appId: 'wxABC' });
            install(wx, { endpoint: gateway.endpoint, ...options });
            wx.cloud.init();
            await wx.cloud.callContainer({ path: '/', header: service });
            assert.equal(gateway.signIns.at(-1).appid, appid);
        }
    } finally {
        await gateway.close();
    }
});

test('CH-139 a wx that does not tell its AppID needs one', () => {
    const wx = { ...createWx(), getAccountInfoSync: undefined };
    assert.throws(() => install(wx, { endpoint: ENDPOINT }), /appid: none \(expected: /);
    install(wx, { endpoint: ENDPOINT, appid: 'wxGIVEN' });
});

test('CH-139 a wx.login that fails is told', async () => {
    const wx = { ...createWx(), login: ({ fail }) => fail({ errMsg: 'login:fail system error' }) };
    install(wx, { endpoint: ENDPOINT });
    wx.cloud.init();
    const error = await errorOf(wx.cloud.callContainer({ path: '/', header: service }));
    assert.match(error.errMsg, /errCode: -1 \| errMsg: login gave no code: login:fail system error \(callId: /);
});

test('CH-113 createCloud takes the transport of a mini program', async () => {
    const gateway = await startGateway();
    try {
        const transport = wxTransport(createWx());
        const cloud = createCloud({ endpoint: gateway.endpoint, appid: 'wxOWN', login: async () => 'code', transport });
        cloud.init();
        assert.equal((await cloud.callContainer({ path: '/', header: service })).statusCode, 200);
        assert.match(gateway.lastCall.header.referer, /^https:\/\/servicewechat\.com\//);
    } finally {
        await gateway.close();
    }
});

test('CH-140 every request names the client, as the package is versioned', async () => {
    const gateway = await startGateway();
    try {
        const wx = createWx();
        install(wx, { endpoint: gateway.endpoint });
        wx.cloud.init();
        await wx.cloud.callContainer({ path: '/', header: { ...service, 'x-berth-client': 'forged' } });
        const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
        for (const { header } of [gateway.lastCall, gateway.signIns[0]]) {
            assert.equal(header['x-berth-client'], `berth-client-js/${version}`);
        }
    } finally {
        await gateway.close();
    }
});
