using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Tests.Platform;

public sealed class AccessTests
{
    public static TheoryData<string> HttpFunctions => [.. AccessRules.AllFunctions().Where(function => IsHttp(function.Method)).Select(function => function.Name)];

    [Theory]
    [MemberData(nameof(HttpFunctions))]
    public void Every_http_function_says_who_may_call_it(string function) => new AccessRules()[function].ShouldNotBeOfType<Access.Nobody>();

    [Fact]
    public void Whatever_says_nothing_or_contradicts_itself_is_closed()
    {
        Access.Of(Method(nameof(Unmarked))).ShouldBeOfType<Access.Nobody>();
        Access.Of(Method(nameof(Contradicting))).ShouldBeOfType<Access.Nobody>();
        Access.Of(Method(nameof(ForFinance))).ShouldBe(new Access.Role("Shop.Finance"));
        new AccessRules()["a function nobody knows"].ShouldBeOfType<Access.Nobody>();
    }

    [Fact]
    public void Only_what_must_be_open_to_anyone_is() =>
        HttpFunctions.Select(row => row.Data).Where(name => new AccessRules()[name] is Access.Anonymous).Order(StringComparer.Ordinal)
            .ShouldBe(
            [
                "AgreeAsParent", "AskParentToAgree", "AskToConfirmConsent", "AskToConfirmNewsletter", "AskToLeaveNewsletter", "ConfirmConsent", "ConfirmNewsletter", "FollowLink", "JoinNewsletter", "LeaveNewsletter",
                "ListProcessors", "ListProducts", "ListWordings", "OfferContactChallenge", "OfferNewsletterChallenge", "ReadApiDescription", "ReadApiPage", "ReadApiPageScript", "ReadPolicy", "ReadProduct", "ReceiveCarrierWebhook", "ReceivePayPalWebhook",
                "ReceiveStripeWebhook", "ReportLiveness", "ReportReadiness", "SubmitEnquiry", "ZOtherRoutes",
            ]);

    private static bool IsHttp(MethodInfo method) => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null);

    private static MethodInfo Method(string name) => typeof(AccessTests).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static void Unmarked() { }

    [Anonymous]
    [SignedIn]
    private static void Contradicting() { }

    [RequireRole("Shop.Finance")]
    private static void ForFinance() { }
}
