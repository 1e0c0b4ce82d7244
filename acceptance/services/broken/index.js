// Speaks HTTP badly, each path in its own way.
const net = require('node:net')

const ways = {
  '/garbage': (socket) => socket.end('this is not HTTP\r\n\r\n'),
  '/nothing': (socket) => socket.destroy(),
  '/early': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this', () => socket.destroy()),
  '/dies': () => process.exit(3),
  '/forges': (socket) => socket.end('HTTP/1.1 200 OK\r\nx-wx-system-error: 102002\r\nX-WX-Openid: me\r\nContent-Length: 2\r\n\r\nok'),
}

net.createServer((socket) => {
  socket.on('error', () => {})
  socket.once('data', (head) => ways[head.toString().split(' ')[1]]?.(socket))
}).listen(process.env.PORT)
