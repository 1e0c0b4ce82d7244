// Counts with the example service counter, as alice.
import { createCloud } from 'berth-client-js'

const cloud = createCloud({
  endpoint: 'http://127.0.0.1:7080',
  appid: 'wx1111111111111111',
  env: 'prod-01',
  login: codeOfAlice,
})
cloud.init()

const { data, statusCode } = await cloud.callContainer({
  path: '/api/count',
  method: 'POST',
  data: { action: 'inc' },
  service: 'counter',
})
console.log(statusCode, data)

// In a mini program wx.login gives such a code. Offline, the simulator does, for every user that it knows.
async function codeOfAlice(appid) {
  const answer = await fetch('http://127.0.0.1:7083/__sim__/codes', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appid, user: 'alice' }),
  })
  return (await answer.json()).code
}
