// Asks the platform through the unmodified wx-server-sdk, whatever its version; the test says what.
const cloud = require('wx-server-sdk')

const ask = {
  context: () => cloud.getWXContext(),
  // the same call before and after an await: the identity must not change in between
  contextTwice: async () => {
    const before = cloud.getWXContext()
    await new Promise(resolve => setTimeout(resolve, 20))
    return [before, cloud.getWXContext()]
  },
  openapi: ({ api, params, options }) => {
    const [group, method] = api.split('.')
    return (options ? cloud.openapi(options) : cloud.openapi)[group][method](params)
  },
  upload: ({ api, contentType, base64 }) => {
    const [group, method] = api.split('.')
    return cloud.openapi[group][method]({ media: { contentType, value: Buffer.from(base64, 'base64') } })
  },
  old: ({ api, data }) => cloud.callOpenAPI({ api, data }),
  openData: ({ list }) => cloud.getOpenData({ list }),
  call: ({ name, data }) => cloud.callFunction({ name, data }),
  database: () => cloud.database().collection('none').get(),
  upload1: () => cloud.uploadFile({ cloudPath: 'a.txt', fileContent: Buffer.from('a') }),
  temporaryUrl: () => cloud.getTempFileURL({ fileList: ['cloud://none.none/a.txt'] }),
  pay: () => cloud.cloudPay.unifiedOrder({ body: 'b', outTradeNo: '1', spbillCreateIp: '127.0.0.1', subMchId: '1', totalFee: 1 }),
  log: ({ text }) => { const logger = cloud.logger(); logger.info({ text }); logger.error({ text }); return 'logged' },
}

exports.main = async (event, context) => {
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
  try {
    const value = await ask[event.ask](event)
    return Buffer.isBuffer(value?.buffer) ? { ...value, buffer: value.buffer.toString('base64') } : { value }
  } catch (error) {
    return { error: { errCode: error.errCode, errMsg: error.errMsg, message: error.message } }
  }
}
