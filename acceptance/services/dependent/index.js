// Works only with its dependency installed.
const isNumber = require('is-number')
require('node:http').createServer((request, response) => response.end(String(isNumber('42')))).listen(process.env.PORT)
