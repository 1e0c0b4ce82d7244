// Two lines put Berth behind wx.cloud; everything else is written as for WeChat Cloud Run.
const { install } = require('berth-client-js')
install(wx, { endpoint: 'http://127.0.0.1:7080', appid: 'wx1111111111111111' })

App({
  onLaunch() {
    wx.cloud.init({ env: 'prod-01' })
  },
})
