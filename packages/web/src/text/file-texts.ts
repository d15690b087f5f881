/** Texts about shared files. */
export const fileTexts = {
  shareFiles: { en: 'Share files', zh: '分享文件' },
  dropFiles: { en: 'Drop files to share them in {name}', zh: '松开以分享到 {name}' },
  uploads: { en: 'Files on their way', zh: '正在上传的文件' },
  uploadOf: { en: 'Progress of {name}', zh: '{name} 的进度' },
  uploadWaiting: { en: 'waiting', zh: '等待中' },
  uploadSent: { en: '{sent} of {size}', zh: '{sent} / {size}' },
  uploadPaused: {
    en: '{sent} of {size}; goes on when the connection is back',
    zh: '{sent} / {size}，恢复连接后继续',
  },
  uploadTelling: { en: 'almost there', zh: '即将完成' },
  uploadCancel: { en: 'Don’t share {name}', zh: '取消分享 {name}' },
  uploadPutAway: { en: 'Put away the notice about {name}', zh: '关闭关于 {name} 的提示' },
  uploadRefused: { en: 'Not shared. {why}', zh: '未分享。{why}' },
  fileEmpty: { en: 'The file is empty.', zh: '文件为空。' },
  fileTooLarge: {
    en: 'It has {size}; up to {limit} can be shared here.',
    zh: '大小为 {size}，此处最多可分享 {limit}。',
  },
  fileTypeRefused: { en: 'Only these can be shared here: {types}.', zh: '此处只能分享：{types}。' },
  openPicture: { en: 'Open the picture {name}', zh: '打开图片 {name}' },
} as const;
