using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>
/// <c>POST /api/privacy/account-search</c>: which accounts have an e-mail address, for somebody who writes from it and asks for what is
/// done by an account's id. Their ids and nothing else, for staff with <c>Shop.Privacy</c>, on record; the person sees it in their copy. It
/// is sent as a body, for addresses of requests are logged, and an e-mail address has no place there. A page looks through a thousand
/// accounts, so it can have none, and there is more as long as it has a continuation. One storage call, one more for each account
/// that is found, and one where it is the only one.
/// </summary>
public sealed class FindAccounts(AccountStore accounts, StaffRegister register)
{
    private static readonly Problem NotAContinuation = Problem.Invalid(new Dictionary<string, string[]> { ["continuation"] = ["Not a continuation of this list."] });

    [Function(nameof(FindAccounts))]
    [RequireRole(StaffRoles.Privacy)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "privacy/account-search")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, AccountJson.Web.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        var place = body.Continuation is { } continuation ? Page.PlaceFrom(continuation) : null;
        var (found, next) = await accounts.PageByEmailAsync(body.Email, place, cancellation);
        if (found is null) return NotAContinuation;
        if (found is [var only]) await register.NameAsync(request, StaffActionEntity.AboutAccount(only), cancellation);
        var items = ImmutableArray.CreateBuilder<Item>();
        foreach (var id in found)
        {
            // One that is being erased is nobody's any more, and could not be told.
            if (await register.TellAsync(id, StaffRoles.Privacy, StaffActionMiddleware.WhatOf(nameof(FindAccounts)), null, cancellation)) items.Add(new(id));
        }

        return new JsonResult<Response>(new(items.ToImmutable(), Page.Continuation(next)), AccountJson.Web.Type<Response>());
    }

    public sealed record Request(string Email, string? Continuation = null)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Require(Email is not null && EmailAddress.Is(Email), "email", "An e-mail address is needed here.");
            validation.Require(Continuation is null || Page.PlaceFrom(Continuation) is not null, "continuation", "Not a continuation of this list.");
            return validation.Problem;
        }
    }

    /// <param name="Continuation">Ask again with it; absent when all accounts have been looked through.</param>
    public sealed record Response(ImmutableArray<Item> Items, string? Continuation);

    public sealed record Item(string Id);
}
