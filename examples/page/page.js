// Signs in as the chosen simulated user and calls a service or a function, as a mini program would.
const byId = (id) => document.getElementById(id)
const clouds = new Map()

async function simulated(config, path, options) {
  const response = await fetch(config.simulator + path, options)
  return response.json()
}

// wx.login gives a mini program such a code; here the simulator does.
async function login(config, user) {
  const { code } = await simulated(config, '/__sim__/codes', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appid: config.app, user }),
  })
  return code
}

async function cloudOf(config, user) {
  if (!clouds.has(user)) {
    const cloud = berth.createCloud({ endpoint: location.origin, appid: config.app, login: () => login(config, user) })
    await cloud.init({ env: config.environment })
    clouds.set(user, cloud)
  }
  return clouds.get(user)
}

const parsed = (id) => byId(id).value ? JSON.parse(byId(id).value) : undefined

async function callService(config, cloud) {
  const result = await cloud.callContainer({
    config: { env: config.environment },
    path: byId('path').value,
    method: byId('method').value,
    header: { 'X-WX-SERVICE': byId('service').value },
    data: parsed('data'),
  })
  return { line: `${result.statusCode} · ${result.errMsg} · callID ${result.callID}`, answer: result.data }
}

async function callFunction(config, cloud) {
  const result = await cloud.callFunction({ name: byId('function').value, data: parsed('event') })
  return { line: `${result.errMsg} · requestID ${result.requestID}`, answer: result.result }
}

async function show(config, call) {
  const outcome = byId('outcome')
  outcome.className = ''
  outcome.textContent = '…'
  try {
    const { line, answer } = await call(config, await cloudOf(config, byId('user').value))
    outcome.className = 'ok'
    outcome.textContent = line
    byId('answer').textContent = JSON.stringify(answer, null, 2)
  } catch (error) {
    outcome.className = 'failed'
    outcome.textContent = String(error)
    byId('answer').textContent = error.reason ?? ''
  }
}

async function start() {
  const config = await (await fetch('config.json')).json()
  const { users } = await simulated(config, '/__sim__/users')
  byId('user').replaceChildren(...users.map((user) => new Option(user.name)))
  for (const [form, call] of [['call', callService], ['invoke', callFunction]]) {
    byId(form).addEventListener('submit', (event) => {
      event.preventDefault()
      show(config, call)
    })
  }
  await show(config, callService)
}

start()
