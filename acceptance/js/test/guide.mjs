/** An `app.js` with the wrapper as the guide describes it (CH-136). */
export function appWith(wx, { resourceAppid, resourceEnv }, service) {
    const logged = [];
    const console = { log: (line) => logged.push(line) };
    return {
        logged,
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
                    header: { 'X-WX-SERVICE': service },
                });
                console.log(`微信云托管调用结果${result.errMsg} | callid:${result.callID}`);
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
