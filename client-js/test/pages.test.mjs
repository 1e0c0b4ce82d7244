import assert from 'node:assert/strict';
import { test } from 'node:test';
import { install } from '../dist/index.js';
import { startGateway } from './gateway.mjs';
import { loadInMiniProgram, plain } from './platforms.mjs';
import { createWx } from './wx.mjs';

const detail = { errMsg: 'getPhoneNumber:ok', encryptedData: 'ZGF0YQ==', iv: 'aXY=' };
const REGISTERING = ['Page', 'Component', 'Behavior'];

/** A mini program with `install(wx, {wrapPages: true})` in its app.js; `defined` holds what was given to Page and the like. */
async function inMiniProgram(check, { options = { wrapPages: true }, given = REGISTERING } = {}) {
    const gateway = await startGateway();
    const defined = [];
    const warnings = [];
    const globals = { console: { warn: (line) => warnings.push(line) } };
    for (const name of given) globals[name] = (definition) => (defined.push(definition), `id of ${name}`);
    const wx = createWx({ cloud: {} });
    const { login } = wx;
    const logins = [];
    wx.login = (options) => (logins.push(defined.length), login(options));
    try {
        loadInMiniProgram(globals).install(wx, { endpoint: gateway.endpoint, ...options });
        await check({ wx, gateway, defined, warnings, globals, logins });
    } finally {
        await gateway.close();
    }
}

test('OA-31 unchanged handlers of a page find a CloudID of Berth, in an event of their own', () =>
    inMiniProgram(async ({ globals, defined, gateway }) => {
        const seen = [];
        globals.Page({ data: { n: 1 }, onPhone(event, more) { seen.push([this, event, more]); return 'done'; } });
        const [page] = defined;
        const event = { type: 'getphonenumber', detail };
        assert.equal(await page.onPhone(event, 'more'), 'done');
        const [[self, { type, detail: given }, more]] = seen;
        assert.equal(self, page);
        assert.deepEqual([type, more, plain(given)], ['getphonenumber', 'more', { ...detail, cloudID: 'berth1_of-aXY=' }]);
        assert.deepEqual(event, { type: 'getphonenumber', detail });
        assert.deepEqual(plain(page.data), { n: 1 });
        assert.equal(gateway.openDataAsked.length, 1);
    }));

for (const name of ['Component', 'Behavior']) {
    test(`OA-31 so do those of a ${name}`, () =>
        inMiniProgram(async ({ globals, defined }) => {
            const methods = { onPhone: (event) => event.detail.cloudID };
            assert.equal(globals[name]({ properties: {}, methods, lifetimes: { attached: () => 'attached' } }), `id of ${name}`);
            assert.equal(globals[name]({ data: {} }), `id of ${name}`);
            assert.equal(await defined[0].methods.onPhone({ detail }), 'berth1_of-aXY=');
            assert.equal(defined[0].lifetimes.attached(), 'attached');
            assert.deepEqual(plain(defined[1]), { data: {} });
        }));
}

test('OA-31 everything else is called at once, as it is', () =>
    inMiniProgram(async ({ globals, defined, gateway }) => {
        globals.Page({ onLoad: (...args) => args, fields: ['x'], get route() { return 'pages/index'; } });
        const [page] = defined;
        for (const args of [[], [undefined], [null], ['text'], [{ id: '1' }], [{ detail: {} }], [{ detail: { encryptedData: 1, iv: 2 } }], [{ detail: { errMsg: 'getPhoneNumber:fail user deny' } }]]) {
            assert.deepEqual(plain(page.onLoad(...args)), plain(args));
        }
        assert.equal(page.route, 'pages/index');
        assert.equal(gateway.openDataAsked.length, 0);
    }));

test('OA-31 what cannot be exchanged is handed on as it came, with a warning', () =>
    inMiniProgram(async ({ globals, defined, gateway, warnings }) => {
        gateway.refuseOpenData = () => ({ status: 400, content: { errcode: -41003, errmsg: 'aes decryption failed', hint: 'Sign in again.' } });
        globals.Page({ onPhone: (event) => event });
        const event = { detail };
        assert.equal(await defined[0].onPhone(event), event);
        assert.deepEqual(plain(warnings), ['Berth gives no cloudID: cloud.openData:fail -41003 aes decryption failed Sign in again.']);
    }));

test('OA-31 what a handler throws is its own', () =>
    inMiniProgram(async ({ globals, defined }) => {
        globals.Page({ onPhone() { throw new Error('mine'); } });
        await assert.rejects(defined[0].onPhone({ detail }), /mine/);
    }));

test('OA-31 CH-139 the sign-in comes before any page, and calls share it', () =>
    inMiniProgram(async ({ gateway, logins, wx }) => {
        assert.deepEqual(logins, [0]);
        wx.cloud.init();
        await wx.cloud.callContainer({ path: '/', header: { 'X-WX-SERVICE': 's' } });
        assert.equal(gateway.signIns.length, 1);
    }));

test('OA-31 only install with wrapPages touches pages', () =>
    inMiniProgram(async ({ globals, defined, logins }) => {
        const definition = { onPhone: (event) => event.detail };
        globals.Page(definition);
        assert.equal(defined[0], definition);
        assert.deepEqual(logins, []);
    }, { options: {} }));

test('OA-31 a base library without Behavior, and no mini program at all', async () => {
    await inMiniProgram(async ({ globals, defined }) => {
        globals.Page({ onPhone: (event) => event.detail.cloudID });
        assert.equal(await defined[0].onPhone({ detail }), 'berth1_of-aXY=');
        assert.equal(globals.Behavior, undefined);
    }, { given: ['Page'] });
    assert.throws(() => install(createWx(), { endpoint: 'http://127.0.0.1:9', wrapPages: true }), /wrapPages: there is no Page here \(expected: /);
});
