// As the README of tcb-router has it.
const cloud = require('wx-server-sdk')
const TcbRouter = require('tcb-router')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  const app = new TcbRouter({ event })
  app.use(async (ctx, next) => {
    ctx.data = { openid: cloud.getWXContext().OPENID }
    await next()
  })
  app.router(['user', 'timer'], async (ctx, next) => {
    ctx.data.company = 'Berth'
    await next()
  })
  app.router('user', async (ctx) => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    ctx.body = { code: 0, data: { ...ctx.data, name: event.name } }
  })
  return app.serve()
}
