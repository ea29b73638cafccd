// The shapes that modules hand to each other.

@export()
@description('Tags of every resource; azd finds by it what belongs to an environment.')
type Tags = {
  @description('Name of the environment.')
  'azd-env-name': string
}

@export()
@description('Where blobs, queues and tables are, each with a slash at the end. Azure says so itself, for it depends on the cloud.')
type StorageEndpoints = {
  @description('Packages and the host\'s locks.')
  blob: string

  @description('Messages.')
  queue: string

  @description('Orders and accounts.')
  table: string
}

@export()
@description('Settings of the app by name.')
type Settings = {
  @description('The value; never a secret.')
  *: string
}

@export()
@description('Functions with a timer, by name, and the hours within which each must have succeeded once.')
type Timers = {
  @description('Hours.')
  *: int
}

@export()
@description('For each carrier that sends webhooks, by its code, the names of the vault\'s secrets that it signs with: the current one first, two while one is being replaced.')
type CarrierSecretNames = {
  *: string[]
}
