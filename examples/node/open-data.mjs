// Presses the button for alice's steps, and prints the CloudID that a service exchanges at /wxa/getopendata.
import { createCloud } from 'berth-client-js'

const user = 'alice'
const cloud = createCloud({
  endpoint: 'http://127.0.0.1:7080',
  appid: 'wx1111111111111111',
  login: async (appid) => (await simulator('codes', { appid, user })).code,
  button: (kind, appid) => simulator('open-data', { appid, user, kind }),
})

const { cloudID } = await cloud.openData({ kind: 'weRun' })
console.log(cloudID)

async function simulator(what, body) {
  const answer = await fetch(`http://127.0.0.1:7083/__sim__/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return answer.json()
}
