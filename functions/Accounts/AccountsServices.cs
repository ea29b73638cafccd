using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Accounts.StaffActions;

namespace Shop.Functions.Accounts;

/// <summary>What the slice is made of.</summary>
public static class AccountsServices
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<AccountStore>()
        .AddSingleton<AddressStore>()
        .AddSingleton<ConsentStore>()
        .AddSingleton<StaffRegister>();
}
