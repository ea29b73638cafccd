// Who read what. In a breach the first questions are which records were reached and by whom; only these logs answer them.

@description('The workspace that the logs go to, and whose retention they share.')
param workspaceId string

@description('The storage account.')
param storageAccountName string

@description('The vault.')
param vaultName string

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: storageAccountName

  resource tables 'tableServices' existing = {
    name: 'default'
  }
}

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' existing = {
  name: vaultName
}

// Tables only: that is where people's data is. The host polls the queues all day, which would bury everything else.
#disable-next-line use-recent-api-versions // The one newer version is older: this preview is what everybody uses, Microsoft's modules too.
resource ofTables 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: storage::tables
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      { category: 'StorageRead', enabled: true }
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions // As above.
resource ofVault 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    // The table AZKVAuditLogs; without this word everything of every service lands in one table, AzureDiagnostics.
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}
