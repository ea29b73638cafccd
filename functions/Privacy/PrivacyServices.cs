using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Privacy.Exports;
using Shop.Functions.Privacy.LegalHolds;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Privacy.Policy.Reviews;
using Shop.Functions.Privacy.Purges;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Privacy;

/// <summary>What the slice is made of.</summary>
public static class PrivacyServices
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services, IConfiguration configuration) => services
        .AddSettings<RetentionPeriods>(configuration, RetentionPeriods.Section)
        .AddSingleton(provider => new RetentionPolicy(provider.GetRequiredService<IOptions<RetentionPeriods>>().Value, DataMap.OfShop))
        .AddSettings<ControllerOptions>(configuration, ControllerOptions.Section)
        .AddSingleton<PublishedPolicy>()
        .AddSingleton<PolicyReviewStore>()
        .AddSingleton<LegalHoldStore>()
        .AddSingleton<HoldEnforcement>()
        .AddSingleton<LegalHoldRegister>()
        .AddSingleton<ErasureRegister>()
        .AddSingleton<DamagedOrders>()
        .AddSingleton<AccountRemoval>()
        .AddSingleton<PurgeLog>()
        .AddSingleton<PurgeReader>()
        .AddSingleton<PurgeActions>()
        .AddSingleton<PurgeRuns>()
        .AddSingleton<PersonalDataReader>()
        .AddSingleton<DataExport>()
        .AddSingleton<RecipientLog>()
        .AddSingleton<RecipientNotices>()
        .AddSingleton<ErasureStore>()
        .AddSingleton<ErasureObstacles>()
        .AddSingleton<AccountEraser>()
        .AddSingleton<BreachStore>()
        .AddSingleton<BreachAlarm>()
        .AddSingleton<BreachNotes>()
        .AddSingleton<AffectedAccounts>();
}
