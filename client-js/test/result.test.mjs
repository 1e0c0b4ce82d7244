import assert from 'node:assert/strict';
import { errorOf, loadInPage, on, onEveryPlatform, plain, service } from './platforms.mjs';

const get = (cloud, options) => cloud.callContainer({ path: '/', header: service, ...options });

onEveryPlatform('CH-23 CH-28 the members of a result', async ({ cloud, gateway }) => {
    gateway.service = () => ({ header: { 'content-type': 'application/json', 'X-Count': '3' }, body: '{"a":[1]}' });
    const result = await get(cloud);
    assert.deepEqual(Object.keys(result).sort(), ['callID', 'cookies', 'data', 'errMsg', 'header', 'statusCode']);
    assert.deepEqual(plain(result.data), { a: [1] });
    assert.equal(result.statusCode, 200);
    assert.equal(result.errMsg, 'cloud.callContainer:ok');
    assert.deepEqual(plain(result.cookies), []);
    assert.equal(result.header['x-count'] ?? result.header['X-Count'], '3');
    assert.match(result.callID, /^\d{13}-[0-9.e-]+$/);
    assert.equal(gateway.lastCall.header['x-wx-call-id'], result.callID);
});

onEveryPlatform('CH-28 each call has its own id', async ({ cloud, gateway }) => {
    await Promise.all(Array.from({ length: 50 }, () => get(cloud)));
    assert.equal(new Set(gateway.calls.map((call) => call.header['x-wx-call-id'])).size, 50);
});

on('mini program', 'CH-23 the names of headers are spelled as the service spells them', async ({ cloud, gateway }) => {
    gateway.service = () => ({ header: { 'X-CoUnT': '3' }, body: '{}' });
    assert.equal((await get(cloud)).header['X-CoUnT'], '3');
});

onEveryPlatform('CH-23 CH-140 cookies reach every platform, and no header of the transport stays', async ({ cloud, gateway }) => {
    const cookies = ['a=1; Expires=Wed, 21 Oct 2037 07:28:00 GMT; Path=/', 'b=2', 'c=x, y; HttpOnly'];
    gateway.service = () => ({ header: { 'Set-Cookie': cookies }, body: '{}' });
    const result = await get(cloud);
    assert.deepEqual(plain(result.cookies), cookies);
    assert.equal(result.header['set-cookie'] ?? result.header['Set-Cookie'], cookies.join(','));
    assert.deepEqual(Object.keys(result.header).filter((name) => /^x-berth/i.test(name)), []);
});

onEveryPlatform('CH-29 values of equal names are joined', async ({ cloud, gateway }) => {
    gateway.service = () => ({ header: { 'x-many': ['1', '2'] }, body: '{}' });
    assert.match((await get(cloud)).header['x-many'], /^1, ?2$/);
});

onEveryPlatform('CH-24 every status is a success', async ({ cloud, gateway }) => {
    for (const status of [201, 204, 400, 401, 404, 413, 500, 502, 503]) {
        gateway.service = () => ({ status, body: status === 204 ? '' : '{"code":"X"}' });
        const result = await get(cloud);
        assert.equal(result.statusCode, status);
        assert.equal(result.errMsg, 'cloud.callContainer:ok');
        assert.deepEqual(plain(result.data), status === 204 ? {} : { code: 'X' });
    }
});

onEveryPlatform('CH-8 only dataType json parses, once', async ({ cloud, gateway }) => {
    gateway.service = () => ({ header: { 'content-type': 'text/plain' }, body: '"{\\"a\\":1}"' });
    assert.equal((await get(cloud)).data, '{"a":1}');
    assert.equal((await get(cloud, { dataType: 'json' })).data, '{"a":1}');
    assert.equal((await get(cloud, { dataType: 'text' })).data, '"{\\"a\\":1}"');
    assert.equal((await get(cloud, { dataType: '其他' })).data, '"{\\"a\\":1}"');
});

onEveryPlatform('CH-25 an empty body is {} as json and the empty string otherwise', async ({ cloud, gateway }) => {
    gateway.service = () => ({ body: '' });
    assert.deepEqual(plain((await get(cloud)).data), {});
    assert.equal((await get(cloud, { dataType: 'text' })).data, '');
});

onEveryPlatform('CH-26 CH-95 a body that is not JSON fails with the exact text', async ({ cloud, gateway }) => {
    gateway.service = () => ({ body: '<h1>云</h1>' });
    const error = await errorOf(get(cloud));
    const reason = (await errorOf((async () => JSON.parse('<h1>云</h1>'))())).toString();
    const expected = `cloud.callContainer:fail -1 . cloud.callContainer:fail [call_id ${gateway.lastCall.header['x-wx-call-id']}] parse response body as JSON failed: ${reason}. input: <h1>云</h1>`;
    assert.equal(error.errCode, -1);
    assert.equal(error.errMsg, expected);
    assert.equal(String(error), `Error: ${expected}`);
});

onEveryPlatform('CH-9 CH-27 responseType arraybuffer gives the bytes', async ({ cloud, gateway }) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    gateway.service = () => ({ body: bytes });
    const { data } = await get(cloud, { dataType: 'other', responseType: 'arraybuffer' });
    assert.equal(Object.prototype.toString.call(data), '[object ArrayBuffer]');
    assert.deepEqual([...new Uint8Array(data)], [...bytes]);
});

onEveryPlatform('CH-9 arraybuffer with dataType json parses all the same', async ({ cloud, gateway }) => {
    gateway.service = () => ({ body: '{"a":1}' });
    assert.deepEqual(plain((await get(cloud, { responseType: 'arraybuffer' })).data), { a: 1 });
});

onEveryPlatform('CH-27 CH-94 a binary body asked for as text fails', async ({ cloud, gateway }) => {
    gateway.service = () => ({ body: Buffer.from([0x61, 0xff]) });
    for (const dataType of ['json', 'text']) {
        const error = await errorOf(get(cloud, { dataType }));
        const id = gateway.lastCall.header['x-wx-call-id'];
        assert.equal(error.errCode, -1);
        assert.equal(error.errMsg, `cloud.callContainer:fail -1 . cloud.callContainer:fail [call_id ${id}] error while processing internal response RangeError: Invalid code point 255`);
    }
});

onEveryPlatform('CH-23 text of every length of UTF-8 arrives whole, a byte order mark dropped', async ({ cloud, gateway }) => {
    const text = `${'aé云\u{1F6A2}\uffff\u{10ffff}'.repeat(5000)}`;
    gateway.service = () => ({ body: `\ufeff${text}` });
    assert.equal((await get(cloud, { dataType: 'text' })).data, text);
});

onEveryPlatform('CH-27 malformed UTF-8 is not text', async ({ cloud, gateway }) => {
    const malformed = ['80', 'c0af', 'c3', 'c328', 'e080af', 'eda080', 'e28082e282', 'f0808080', 'f4908080', 'f5808080'];
    for (const hex of malformed) {
        gateway.service = () => ({ body: Buffer.from(hex, 'hex') });
        assert.match((await errorOf(get(cloud, { dataType: 'text' }))).errMsg, /RangeError: Invalid code point \d+$/, hex);
    }
});

on('page', 'CH-140 a page uses neither its credentials nor its cache', async ({ gateway }) => {
    const modes = [];
    const page = loadInPage((url, options) => {
        modes.push([options.credentials, options.cache]);
        return fetch(url, options);
    });
    const cloud = page.createCloud({ endpoint: gateway.endpoint, appid: 'wxOWN', login: async () => 'code' });
    cloud.init();
    await get(cloud);
    assert.deepEqual(modes, [['omit', 'no-store'], ['omit', 'no-store']]);
});
