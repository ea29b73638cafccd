// Where logs, traces and metrics go, and how long they stay.

import { Tags } from 'types.bicep'

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags Tags

@description('Name of the Log Analytics workspace.')
param workspaceName string

@description('Name of the Application Insights component.')
param insightsName string

@description('Days that everything in the workspace is kept.')
param retentionDays int

@description('Gigabytes per day after which ingestion stops until the next day.')
param dailyCapGb int

// These tables keep 90 days by themselves, whatever the workspace says: the period has to be stated on each.
var telemetryTables = [
  'AppAvailabilityResults'
  'AppBrowserTimings'
  'AppDependencies'
  'AppEvents'
  'AppExceptions'
  'AppMetrics'
  'AppPageViews'
  'AppPerformanceCounters'
  'AppRequests'
  'AppSystemEvents'
  'AppTraces'
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

// One after the other: the service refuses concurrent changes to a workspace's tables.
@batchSize(1)
resource retention 'Microsoft.OperationalInsights/workspaces/tables@2026-03-01' = [
  for table in telemetryTables: {
    parent: workspace
    name: table
    properties: {
      retentionInDays: retentionDays
      totalRetentionInDays: retentionDays
    }
    dependsOn: [insights]
  }
]

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    // Only identities with Monitoring Metrics Publisher may send; a connection string alone is not enough.
    DisableLocalAuth: true
    // Callers' addresses are zeroed before they are stored.
    DisableIpMasking: false
  }
}

@description('Id of the workspace.')
output workspaceId string = workspace.id

@description('Where telemetry is sent. It names a place and, local authentication being off, opens nothing.')
output insightsConnectionString string = insights.properties.ConnectionString
