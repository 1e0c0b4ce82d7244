// Signs in as the chosen simulated user and calls a service, as a mini program would.
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

async function call(config) {
  const outcome = byId('outcome')
  outcome.className = ''
  outcome.textContent = '…'
  try {
    const cloud = await cloudOf(config, byId('user').value)
    const result = await cloud.callContainer({
      config: { env: config.environment },
      path: byId('path').value,
      method: byId('method').value,
      header: { 'X-WX-SERVICE': byId('service').value },
      data: byId('data').value ? JSON.parse(byId('data').value) : undefined,
    })
    outcome.className = 'ok'
    outcome.textContent = `${result.statusCode} · ${result.errMsg} · callID ${result.callID}`
    byId('answer').textContent = JSON.stringify(result.data, null, 2)
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
  byId('call').addEventListener('submit', (event) => {
    event.preventDefault()
    call(config)
  })
  await call(config)
}

start()
