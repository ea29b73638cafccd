using System.Collections.Immutable;

namespace Shop.Functions.Orders.Reviews;

/// <summary>Why a person decides as they do about an order's money.</summary>
public static class ReviewReasons
{
    public const string AgreedWithCustomer = "agreed_with_customer";
    public const string ProviderConfirmed = "provider_confirmed";
    public const string OwnMistake = "own_mistake";
    public const string NotWorthPursuing = "not_worth_pursuing";
    public const string Other = "other";

    public static ImmutableArray<string> All { get; } = [AgreedWithCustomer, ProviderConfirmed, OwnMistake, NotWorthPursuing, Other];
}
