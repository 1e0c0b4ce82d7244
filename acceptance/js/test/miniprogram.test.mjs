// examples/miniprogram as the developer tools run it, but for the drawing: its own files, a double of wx, the packaged platform.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import vm from 'node:vm';
import { createWx } from '../../../client-js/test/wx.mjs';
import { root, startPlatform } from './platform.mjs';

const EXAMPLE = path.join(root, 'examples/miniprogram');
let platform;

before(async () => {
    platform = await startPlatform('examples/counter');
});
after(() => platform.stop());

const plain = (value) => JSON.parse(JSON.stringify(value));

/** Runs a file of the mini program and gives what it hands to App or Page. */
function run(file, { wx, endpoint = platform.doors.gateway }) {
    const source = readFileSync(path.join(EXAMPLE, file), 'utf8').replace('http://127.0.0.1:7080', endpoint);
    let given;
    const take = (options) => { given = options; };
    const context = vm.createContext({ wx, App: take, Page: take, require: npm, console: { error() {} } });
    vm.runInContext(source, context, { filename: file });
    return given;
}

/** What "build npm" makes of the package: the folder that its "miniprogram" names. */
function npm(name) {
    assert.equal(name, 'berth-client-js');
    const module = { exports: {} };
    const context = vm.createContext({ module, exports: module.exports, setTimeout, clearTimeout });
    vm.runInContext(readFileSync(path.join(root, 'client-js/dist/miniprogram/index.js'), 'utf8'), context);
    return module.exports;
}

/** With codes of wx.login that the simulator did not make. */
function devtools() {
    const wx = createWx({ cloud: {} });
    wx.login = ({ success }) => setImmediate(() => success({ code: randomUUID(), errMsg: 'login:ok' }));
    return wx;
}

function launch(options = {}) {
    const wx = devtools();
    run('app.js', { wx, ...options }).onLaunch();
    const page = run('pages/index/index.js', { wx });
    page.setData = (data) => Object.assign(page.data, data);
    return page;
}

test('CH-4 CH-19 CH-23 CH-139 the example mini program counts', async () => {
    const page = launch();
    await page.onLoad();
    assert.deepEqual(plain(page.data), { count: 0, greeting: '', failure: '' });
    await page.increment();
    await page.increment();
    assert.equal(page.data.count, 2);
    await page.clear();
    assert.equal(page.data.count, 0);
});

test('CH-41 CH-139 a code that only the real WeChat knows signs in the first user', async () => {
    const wx = devtools();
    run('app.js', { wx }).onLaunch();
    const { data } = await wx.cloud.callContainer({
        path: '/api/wx_openid',
        header: { 'X-WX-SERVICE': 'counter' },
        dataType: 'text',
    });
    assert.equal(data, await platform.openidOf('alice'));
});

test('CH-142 WT-68 WT-69 the example mini program says that its function is not deployed', async () => {
    const page = launch();
    await page.greet();
    assert.match(page.data.failure, /^cloud\.callFunction:fail Error: errCode: -501000  \| errMsg: FunctionName parameter could not be found \(callId: /);
    assert.match(page.data.failure, /function greet is not deployed in prod-01/);
});

test('the example mini program shows what is wrong and what to do', async () => {
    const page = launch({ endpoint: 'http://127.0.0.1:1' });
    await page.onLoad();
    assert.match(page.data.failure, /no connection to http:\/\/127\.0\.0\.1:1: .*request 合法域名/s);
});

test('every file that app.json names is there', () => {
    const { pages, sitemapLocation } = JSON.parse(readFileSync(path.join(EXAMPLE, 'app.json'), 'utf8'));
    for (const file of [sitemapLocation, 'project.config.json', 'package.json', ...pages.flatMap((page) => [`${page}.js`, `${page}.wxml`, `${page}.wxss`, `${page}.json`])]) {
        assert.ok(readFileSync(path.join(EXAMPLE, file), 'utf8').length > 0, file);
    }
});
