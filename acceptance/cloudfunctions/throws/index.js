exports.main = async () => { throw new TypeError('no luck today') }
