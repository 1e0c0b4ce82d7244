import assert from 'node:assert/strict';
import { onEveryPlatform } from './platforms.mjs';

/** An `app.js` with the wrapper as the guide describes it. CH-136 */
function appWith(wx, { resourceAppid, resourceEnv }, log) {
    return {
        async call(obj, number = 0) {
            const that = this;
            if (that.cloud == null) {
                that.cloud = new wx.cloud.Cloud({ resourceAppid, resourceEnv });
                await that.cloud.init();
            }
            try {
                const result = await that.cloud.callContainer({
                    path: obj.path,
                    method: obj.method || 'GET',
                    header: { 'X-WX-SERVICE': 'count' },
                });
                log(`微信云托管调用结果${result.errMsg} | callid:${result.callID}`);
                return result.data;
            } catch (e) {
                const error = e.toString();
                if (error.indexOf("Cloud API isn't enabled") != -1 && number < 3) {
                    return new Promise((resolve, reject) => {
                        setTimeout(() => that.call(obj, number + 1).then(resolve, reject), 300);
                    });
                }
                throw new Error(`微信云托管调用失败${error}`);
            }
        },
    };
}

for (const [kind, resourceAppid, resourceEnv] of [['its own', 'wxOWN', 'prod-01'], ['a shared', 'wxOWNER', 'shared-env']]) {
    onEveryPlatform(`CH-136 CH-137 the guide's wrapper runs unchanged with ${kind} env`, async ({ cloud, gateway }) => {
        gateway.service = ({ method, url }) => ({ body: JSON.stringify(`${method} ${url}`) });
        const lines = [];
        const app = appWith({ cloud }, { resourceAppid, resourceEnv }, (line) => lines.push(line));
        assert.equal(await app.call({ path: '/a' }), 'GET /a');
        assert.equal(await app.call({ path: '/b', method: 'POST' }), 'POST /b');
        assert.deepEqual(lines, gateway.calls.map((call) => `微信云托管调用结果cloud.callContainer:ok | callid:${call.header['x-wx-call-id']}`));
        assert.ok(gateway.calls.every(({ header }) => header['x-wx-env'] === resourceEnv));
        assert.equal(gateway.lastCall.header['x-wx-resource-appid'], kind === 'a shared' ? 'wxOWNER' : undefined);
    });

    onEveryPlatform(`CH-136 several calls at once while init is pending, with ${kind} env`, async ({ cloud, gateway }) => {
        gateway.service = ({ url }) => ({ body: JSON.stringify(url) });
        const app = appWith({ cloud }, { resourceAppid, resourceEnv }, () => {});
        const data = await Promise.all(['/1', '/2', '/3'].map((path) => app.call({ path })));
        assert.deepEqual(data, ['/1', '/2', '/3']);
        assert.equal(gateway.calls.length, 3);
        assert.equal(gateway.signIns.length, 1);
    });
}

onEveryPlatform('CH-136 the wrapper throws what else went wrong', async ({ cloud, gateway }) => {
    const app = appWith({ cloud }, { resourceAppid: 'wxOWN', resourceEnv: 'prod-01' }, () => {});
    gateway.service = () => ({ body: 'no json' });
    await assert.rejects(app.call({ path: '/' }), /^Error: 微信云托管调用失败Error: cloud\.callContainer:fail -1 \. /);
});
