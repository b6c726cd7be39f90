/** Whether this page may have camera and microphone at all: browsers give them to https:// and to the own machine only. */
export const secureContextHelp = (): 'app.insecureText' | undefined =>
  isSecureContext && navigator.mediaDevices ? undefined : 'app.insecureText';
