import { createCloud, install, wxTransport, type BerthCloud, type CloudInstance } from '../../dist/index.js';

// What the typings of mini programs (miniprogram-api-typings 5.2.3) say of wx.cloud holds for Berth's.
const cloud: BerthCloud = createCloud({ endpoint: 'http://h', appid: 'wx1', login: async () => 'code' });
const likeWx: Pick<WxCloud, 'init' | 'callContainer'> = cloud;
const instance: CloudInstance = new cloud.Cloud({ resourceEnv: 'e', resourceAppid: 'wx2' });
const callOfWx: WxCloud['callContainer'] = instance.callContainer;

install(wx, { endpoint: 'http://h' });
createCloud({ endpoint: 'http://h', appid: 'wx1', login: async () => 'code', transport: wxTransport(wx) });

async function calls(param: ICloud.CallContainerParam): Promise<void> {
    const nothing: void = cloud.callContainer({ path: '/', success: (result: ICloud.CallContainerResult) => void result.callID });
    const { success, fail, complete, ...plain } = param;
    const result: ICloud.CallContainerResult = await cloud.callContainer(plain);
    const typed: { count: number } = (await cloud.callContainer<{ count: number }>({ path: '/' })).data;
    const cookies: string[] = (await instance.callContainer({ path: '/', service: 's' })).cookies;
    void [nothing, result, typed, cookies, success, fail, complete];
}

// The typings have no Cloud on wx.cloud; after install it is there, but they cannot know.
// @ts-expect-error Property 'Cloud' does not exist on type 'WxCloud'
wx.cloud.Cloud;

// @ts-expect-error an instance needs its env
new cloud.Cloud({ resourceAppid: 'wx2' });

// @ts-expect-error a call needs its path
cloud.callContainer({ data: 1 });

// @ts-expect-error with a callback there is no promise
cloud.callContainer({ path: '/', fail: () => {} }).then;

void [likeWx, callOfWx, calls];
