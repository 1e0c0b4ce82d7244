exports.main = () => new Promise((resolve) => setTimeout(resolve, 2500, 'at last'))
