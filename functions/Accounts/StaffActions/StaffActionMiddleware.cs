using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.DeadLetters;

namespace Shop.Functions.Accounts.StaffActions;

/// <summary>
/// Puts on record whatever staff ask for, before it is done: every function that asks for a role, also one that is added
/// later. Where the register does not answer, nobody is served. Functions that staff share with customers do it themselves.
/// </summary>
public sealed class StaffActionMiddleware(AccessRules rules, StaffRegister register) : IFunctionsWorkerMiddleware
{
    private const int LongestId = 40;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var function = context.FunctionDefinition.Name;
        if (rules[function] is Access.Role role && context.GetHttpContext() is { } http)
            await register.AddAsync(http.Request, role.Name, WhatOf(function), AboutOf(http.Request.Path), context.CancellationToken);
        await next(context);
    }

    /// <returns>For instance <c>request_refund</c>.</returns>
    public static string WhatOf(string function) => JsonNamingPolicy.SnakeCaseLower.ConvertName(function);

    /// <returns>What a path is about, as the register has it.</returns>
    public static string? AboutOf(PathString path)
    {
        var parts = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length - 1; i++)
        {
            // Whether there is such a thing is the function's to find out; what cannot be an id may be somebody's name.
            var id = parts[i + 1];
            var isOurs = id.Length <= LongestId && id.All(char.IsAsciiLetterOrDigit);
            switch (parts[i])
            {
                case "products" or "stock": return id.Length <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') ? $"product:{id}" : null;
                case "orders" or "reviews" or "order-holds": return isOurs ? StaffActionEntity.AboutOrder(id) : null;
                case "accounts" or "holds": return StaffActionEntity.AboutAccount(id);
                case "dead-letters": return DeadLetterStore.IsId(id) ? $"dead-letter:{id}" : null;
                case "breaches": return isOurs ? $"breach:{id}" : null;
            }
        }

        return null;
    }
}
