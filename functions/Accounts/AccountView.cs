using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>An account as its owner sees it.</summary>
public sealed record AccountView(string Id, string Email, string Name, string? Company, string? Phone, DateTimeOffset OpenedAt)
{
    public const int LongestName = 200;

    public static Answer<AccountView> Answer(AccountEntity account, int status = StatusCodes.Status200OK) => new(
        new(account.PartitionKey, account.Email, account.Name, account.Company, account.Phone, account.OpenedAt),
        AccountJson.Web.Type<AccountView>(),
        status)
    {
        ETag = ETags.Of(account.ETag),
        Location = status == StatusCodes.Status201Created ? "/api/account" : null,
    };

    /// <summary>A telephone number is digits with the usual marks between them; formats differ too much to ask for more.</summary>
    public static void CheckPhone(Validation validation, string? phone)
    {
        if (phone is null) return;
        var plausible = phone.Length is >= 3 and <= 40
            && phone.Any(char.IsAsciiDigit)
            && phone.All(c => char.IsAsciiDigit(c) || "+-() ./x".Contains(c, StringComparison.Ordinal));
        validation.Require(plausible, "phone", "A telephone number: digits, spaces and + - ( ) . / x, at most 40 characters.");
    }
}

[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(OpenAccount.Request))]
internal sealed partial class AccountJson : JsonSerializerContext
{
    public static AccountJson Web { get; } = new(Json.Strict());
}
