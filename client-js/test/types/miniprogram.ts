import { createCloud, install, wxTransport, type BerthCloud, type CloudInstance } from '../../dist/index.js';

// What the typings of mini programs (miniprogram-api-typings 5.2.3) say of wx.cloud holds for Berth's.
const cloud: BerthCloud = createCloud({ endpoint: 'http://h', appid: 'wx1', login: async () => 'code' });
const likeWx: Pick<WxCloud, 'init' | 'callContainer' | 'callFunction' | 'CloudID'> = cloud;
const instance: CloudInstance = new cloud.Cloud({ resourceEnv: 'e', resourceAppid: 'wx2' });
const callOfWx: WxCloud['callContainer'] = instance.callContainer;
const functionOfWx: WxCloud['callFunction'] = instance.callFunction;

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

async function functions(param: ICloud.CallFunctionParam): Promise<void> {
    const nothing: void = cloud.callFunction({ name: 'hello', success: (result: ICloud.CallFunctionResult) => void result.result });
    const { success, fail, complete, ...plain } = param;
    const result: ICloud.CallFunctionResult = await cloud.callFunction(plain);
    const typed: { sum: number } = (await cloud.callFunction<{ sum: number }>({ name: 'add', data: { a: 1 } })).result;
    const id: string = (await instance.callFunction({ name: 'hello', data: { phone: cloud.CloudID('x') } })).requestID;
    void [nothing, result, typed, id, success, fail, complete];
}

// Open data, as the typings say that buttons and wx.getWeRunData give it.
async function openData(event: WechatMiniprogram.ButtonGetPhoneNumber): Promise<void> {
    const phone: string = (await cloud.openData(event.detail)).cloudID;
    const run: string = (await cloud.openData(await wx.getWeRunData())).cloudID;
    const pressed: { cloudID: string; code?: string } = await cloud.openData({ kind: 'phoneNumber' });
    const marked: ICloud.CloudID = cloud.CloudID(phone);
    await cloud.signIn();
    void [run, pressed, marked, new cloud.CloudID(run)];
}

// @ts-expect-error there is no such button
cloud.openData({ kind: 'address' }).catch;

install(wx, { endpoint: 'http://h', wrapPages: true });
createCloud({ endpoint: 'http://h', appid: 'wx1', login: async () => 'code', button: async (kind) => ({ errMsg: kind }) });

// The typings have no Cloud on wx.cloud; after install it is there, but they cannot know.
// @ts-expect-error Property 'Cloud' does not exist on type 'WxCloud'
wx.cloud.Cloud;

// @ts-expect-error an instance needs its env
new cloud.Cloud({ resourceAppid: 'wx2' });

// @ts-expect-error a call needs its path
cloud.callContainer({ data: 1 });

// @ts-expect-error a function has a name
cloud.callFunction({ data: {} });

// @ts-expect-error an event is an object
cloud.callFunction({ name: 'hello', data: 5 });

// @ts-expect-error with a callback there is no promise
cloud.callFunction({ name: 'hello', complete: () => {} }).then;

// @ts-expect-error with a callback there is no promise
cloud.callContainer({ path: '/', fail: () => {} }).then;

void [likeWx, callOfWx, functionOfWx, calls, functions, openData];
