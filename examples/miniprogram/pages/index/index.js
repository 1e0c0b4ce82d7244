Page({
  data: { count: '…', greeting: '', failure: '' },

  onLoad() {
    return this.call('GET')
  },

  increment() {
    return this.call('POST', { action: 'inc' })
  },

  clear() {
    return this.call('POST', { action: 'clear' })
  },

  async greet() {
    try {
      const { result } = await wx.cloud.callFunction({ name: 'greet', data: { name: '云泊' } })
      this.setData({ greeting: result.greeting, failure: '' })
    } catch (error) {
      console.error(error.errCode, error.errMsg, error.reason, error.hint)
      this.setData({ failure: `${error.errMsg}\n${error.reason || ''}\n${error.hint || ''}`.trim() })
    }
  },

  async call(method, data) {
    try {
      const result = await wx.cloud.callContainer({
        path: '/api/count',
        method,
        data,
        header: { 'X-WX-SERVICE': 'counter' },
      })
      this.setData({ count: result.data.data, failure: '' })
    } catch (error) {
      console.error(error.errCode, error.errMsg, error.reason, error.hint)
      this.setData({ failure: `${error.errMsg}\n${error.reason || ''}\n${error.hint || ''}`.trim() })
    }
  },
})
