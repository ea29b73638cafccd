using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>An account as its owner sees it.</summary>
public sealed record AccountView(string Id, string Email, string Name, string? Company, string? Phone, DateTimeOffset OpenedAt)
{
    public const int MaxNameLength = 200;

    /// <summary>A tag of what is shown, not of the stored row: that also changes when a day is noted or an address is added.</summary>
    public string Tag() => ETags.OfText(JsonSerializer.Serialize(this, AccountJson.Web.AccountView));

    public static AccountView Of(AccountEntity account) =>
        new(account.PartitionKey, account.Email, account.Name, account.Company, account.Phone, account.OpenedAt);

    public static JsonResult<AccountView> Result(AccountEntity account, int status = StatusCodes.Status200OK)
    {
        var view = Of(account);
        return new(view, AccountJson.Web.Type<AccountView>(), status)
        {
            ETag = view.Tag(),
            Location = status == StatusCodes.Status201Created ? "/api/account" : null,
        };
    }

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
[JsonSerializable(typeof(FindAccounts.Request), TypeInfoPropertyName = "FindRequest")]
[JsonSerializable(typeof(FindAccounts.Response), TypeInfoPropertyName = "FindResponse")]
internal sealed partial class AccountJson : JsonSerializerContext
{
    public static AccountJson Web { get; } = new(Json.Strict());
}
