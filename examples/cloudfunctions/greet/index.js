// A cloud function as WeChat knows it: an event in, a value out. It needs no npm package, so it also runs without a network.
exports.main = async (event, context) => {
  console.log('greeting', event.name || 'somebody')
  return {
    greeting: `Hello, ${event.name || 'somebody'}!`,
    openid: event.userInfo && event.userInfo.openId, // who calls, as the platform proved it
    requestId: context.request_id,
  }
}
