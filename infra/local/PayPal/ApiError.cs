using System.Text.Json.Nodes;

namespace Shop.Local.PayPal;

/// <summary>
/// A refusal in the shape of PayPal's API errors: <c>{ "name", "message", "debug_id", "details": [{ "issue", … }], "links" }</c>.
/// </summary>
internal sealed class ApiError : Exception
{
    private readonly string _name;
    private readonly string _issue;
    private readonly string? _field;
    private readonly string? _value;

    private ApiError(int status, string name, string message, string issue, string description, string? field, string? value)
        : base($"{issue}: {description}")
    {
        (Status, _name, Summary, _issue, Description, _field, _value) = (status, name, message, issue, description, field, value);
    }

    public int Status { get; }

    public string Summary { get; }

    public string Description { get; }

    /// <summary>Where a buyer can choose another way to pay.</summary>
    public string? Redirect { get; init; }

    /// <summary>The request is not well-formed, or something in it is not.</summary>
    public static ApiError Invalid(string issue, string description, string? field = null, string? value = null) => new(
        400, "INVALID_REQUEST", "Request is not well-formed, syntactically incorrect, or violates schema.", issue, description, field, value);

    /// <summary>The request is understood, and cannot be done.</summary>
    public static ApiError Unprocessable(string issue, string description, string? field = null, string? value = null, string? redirect = null) => new(
        422, "UNPROCESSABLE_ENTITY", "The requested action could not be performed, semantically incorrect, or failed business validation.",
        issue, description, field, value)
    {
        Redirect = redirect,
    };

    public static ApiError Missing() => new(
        404, "RESOURCE_NOT_FOUND", "The specified resource does not exist.", "INVALID_RESOURCE_ID",
        "Specified resource ID does not exist. Please check the resource ID and try again.", null, null);

    public static ApiError InProgress() => new(
        409, "RESOURCE_CONFLICT", "The server has detected a conflict while processing this request.", "PREVIOUS_REQUEST_IN_PROGRESS",
        "A previous request on this resource is currently in progress. Please wait for some time and try again.", null, null);

    public static ApiError Unauthorized() => new(
        401, "AUTHENTICATION_FAILURE", "Authentication failed due to missing authorization header, or invalid authentication credentials.",
        "INVALID_ACCOUNT_STATUS", "Account validations failed for the user.", null, null);

    public static ApiError Forbidden() => new(
        403, "NOT_AUTHORIZED", "Authorization failed due to insufficient permissions.", "PERMISSION_DENIED",
        "You do not have permission to access or perform operations on this resource.", null, null);

    public static ApiError TooMany() => new(
        429, "RATE_LIMIT_REACHED", "Too many requests. Blocked due to rate limiting.", "RATE_LIMIT_REACHED", "As requested of the sandbox.", null, null);

    public static ApiError Broken() => new(
        500, "INTERNAL_SERVER_ERROR", "An internal server error has occurred.", "INTERNAL_SERVER_ERROR", "As requested of the sandbox.", null, null);

    public static ApiError WrongMediaType() => new(
        415, "UNSUPPORTED_MEDIA_TYPE", "The server does not support the request payload's media type.", "UNSUPPORTED_MEDIA_TYPE",
        "The body must be application/json.", null, null);

    /// <summary>For what the real API does and this sandbox does not: better refused than silently different.</summary>
    public static ApiError Unsupported(string what, string? field = null) =>
        Unprocessable("SANDBOX_UNSUPPORTED", $"This sandbox does not do {what}.", field);

    public JsonObject ToJson(string debugId)
    {
        var detail = new JsonObject();
        if (_field is not null)
            detail["field"] = _field;
        if (_value is not null)
            detail["value"] = _value;
        if (_field is not null)
            detail["location"] = "body";
        detail["issue"] = _issue;
        detail["description"] = Description;
        var links = new JsonArray(Link($"https://developer.paypal.com/api/rest/reference/orders/v2/errors/#{_issue}", "information_link"));
        if (Redirect is not null)
            links.Add(Link(Redirect, "redirect"));
        return new JsonObject
        {
            ["name"] = _name,
            ["message"] = Summary,
            ["debug_id"] = debugId,
            ["details"] = new JsonArray(detail),
            ["links"] = links,
        };
    }

    private static JsonObject Link(string href, string rel) => new() { ["href"] = href, ["rel"] = rel, ["method"] = "GET" };
}
