import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { leftOut, startBrowser } from './browser.mjs';
import { startPlatform } from './platform.mjs';

const target = fileURLToPath(new URL('../target/', import.meta.url));
const options = { skip: leftOut, timeout: 60_000 };
let platform;
let browser;
let page;
let blank;

before(async () => {
    if (leftOut) return;
    mkdirSync(target, { recursive: true });
    platform = await startPlatform('examples/whoami', 'acceptance/services/echo', 'examples/cloudfunctions');
    browser = await startBrowser();
    page = await browser.newPage();
    blank = http.createServer((request, response) => response.setHeader('content-type', 'text/html').end('<title>a page</title>'));
    await new Promise((resolve) => blank.listen(0, '127.0.0.1', resolve));
});

after(async () => {
    if (leftOut) return;
    blank?.close();
    await browser?.close();
    await platform?.stop();
});

const openExample = async () => {
    await page.goto(`${platform.doors.gateway}/__berth__/examples/`);
    await page.waitForSelector('#outcome.ok', { timeout: 15_000 });
};
const answered = () => page.locator('#answer').textContent().then(JSON.parse);
const press = async (outcome, form = 'call') => {
    await page.evaluate(() => { document.getElementById('outcome').className = ''; });
    await page.click(`#${form} button`);
    await page.waitForSelector(`#outcome.${outcome}`, { timeout: 15_000 });
};

test('CH-139 CH-140 CH-41 the example page signs alice in and shows who called', options, async () => {
    await openExample();
    const answer = await answered();
    assert.equal(answer.openid, await platform.openidOf('alice'));
    assert.equal(answer.url, '/hello?x=1');
    await page.screenshot({ path: `${target}example-page.png` });
});

test('CH-139 CH-41 bob, chosen in the page, is bob at the service', options, async () => {
    await openExample();
    await page.selectOption('#user', 'bob');
    await press('ok');
    assert.equal((await answered()).openid, await platform.openidOf('bob'));
});

test('CH-139 WT-66 the example page calls a function as the chosen user', options, async () => {
    await openExample();
    await page.selectOption('#user', 'bob');
    await press('ok', 'invoke');
    const answer = await answered();
    assert.equal(answer.greeting, 'Hello, 云!');
    assert.equal(answer.openid, await platform.openidOf('bob'));
    assert.match(await page.locator('#outcome').textContent(), /^cloud\.callFunction:ok · requestID \S+$/);
    await page.screenshot({ path: `${target}example-page-function.png` });
});

test('CH-139 WT-69 the page shows the error of an unknown function', options, async () => {
    await openExample();
    await page.fill('#function', 'nobody');
    await press('failed', 'invoke');
    assert.match(await page.locator('#outcome').textContent(), /^Error: cloud\.callFunction:fail Error: errCode: -501000 .*FunctionName parameter could not be found/);
});

test('CH-70 CH-76 CH-93 CH-95 the page shows the system error of an unknown service', options, async () => {
    await openExample();
    await page.fill('#service', 'nobody');
    await press('failed');
    assert.match(await page.locator('#outcome').textContent(), /^Error: cloud\.callContainer:fail Error: errCode: -501000 \| errMsg: Invalid host /);
    assert.match(await page.locator('#answer').textContent(), /nobody is not deployed/);
});

const callIn = (path, more) => page.evaluate(async ([path, more]) => {
    const config = await (await fetch('config.json')).json();
    const login = async () => {
        const body = JSON.stringify({ appid: config.app, user: 'alice' });
        const headers = { 'content-type': 'application/json' };
        return (await (await fetch(`${config.simulator}/__sim__/codes`, { method: 'POST', headers, body })).json()).code;
    };
    const cloud = berth.createCloud({ endpoint: location.origin, appid: config.app, login });
    cloud.init({ env: config.environment });
    const { data, statusCode, header, cookies } = await cloud.callContainer({ path, header: { 'X-WX-SERVICE': 'echo' }, ...more });
    return { data, statusCode, header, cookies };
}, [path, more]);

test('CH-140 CH-31 a page sees a redirect and cookies, which fetch hides', options, async () => {
    await openExample();
    const shown = await callIn('/status?code=302', { followRedirect: false });
    assert.equal(shown.statusCode, 302);
    assert.equal(shown.header.location, '/elsewhere');
    assert.deepEqual(shown.cookies, ['a=1', 'b=2']);
    assert.equal((await callIn('/status?code=302', {})).data.url, '/elsewhere');
});

test('OA-31 CH-140 a page gets a CloudID for what the simulator\'s button gave', options, async () => {
    await openExample();
    const { cloudID, errMsg } = await page.evaluate(async () => {
        const config = await (await fetch('config.json')).json();
        const simulator = async (what, body) => {
            const headers = { 'content-type': 'application/json' };
            return (await fetch(`${config.simulator}/__sim__/${what}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
        };
        const cloud = berth.createCloud({
            endpoint: location.origin,
            appid: config.app,
            login: async (appid) => (await simulator('codes', { appid, user: 'bob' })).code,
            button: (kind, appid) => simulator('open-data', { appid, user: 'bob', kind }),
        });
        return cloud.openData({ kind: 'weRun' });
    });
    assert.match(cloudID, /^berth1_[\w-]+$/);
    assert.equal(errMsg, 'getWeRunData:ok');
});

test('CH-140 CH-69 a page of a foreign origin is refused, one of this machine is not', options, async () => {
    const callFrom = async (host) => {
        await page.goto(`http://${host}:${blank.address().port}/`);
        return page.evaluate(async (gateway) => {
            try {
                const headers = { 'X-WX-SERVICE': 'echo', 'X-WX-ENV': 'prod-01', 'X-Berth-Session': 'none' };
                const answer = await fetch(`${gateway}/`, { headers });
                return answer.headers.get('x-wx-system-error');
            } catch (error) {
                return error.name;
            }
        }, platform.doors.gateway);
    };
    assert.equal(await callFrom('127.0.0.1'), '40001');
    assert.equal(await callFrom('foreign.example'), 'TypeError');
});
