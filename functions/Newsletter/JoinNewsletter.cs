using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.Visitors;

namespace Shop.Functions.Newsletter;

/// <summary>
/// <c>POST /api/newsletter</c>: asks at the address whether its owner wants the newsletter; of somebody under 16 a parent first.
/// The mail's link carries everything, and nothing is stored. The answer is the same for every address. Anyone may ask.
/// </summary>
[Discloses("The mail server's operator", "to ask people whether they want the newsletter", DataClass.Contact)]
public sealed class JoinNewsletter(NewsletterPost post, SignedLinks links, VisitorForms forms)
{
    /// <summary>What a proof of work is for.</summary>
    internal const string Work = "newsletter";

    private static readonly Response Asked = new(
        "A mail is on its way, unless two went to the same address within a day. Nothing happens until its link is opened, within two days, and the button there is pressed.");

    [Function(nameof(JoinNewsletter))]
    [Anonymous]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "newsletter")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, NewsletterJson.Web.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        var (proof, refused) = await forms.AdmitAsync(request, Work, body.Proof, NewsletterLimits.Visitors, cancellation);
        if (refused is not null) return refused;
        try
        {
            var link = new NewsletterLink(body.Email);
            await post.AskAsync(
                body.ParentEmail is { } parent
                    ? NewsletterMail.AskParent(proof, parent, body.Email, link.To(NewsletterLink.ParentRoute, links))
                    : NewsletterMail.Confirm(proof, body.Email, link.To(NewsletterLink.ConfirmRoute, links), byParent: false),
                cancellation);
        }
        catch
        {
            forms.GiveBack(proof);
            throw;
        }

        return new JsonResult<Response>(Asked, NewsletterJson.Web.Type<Response>(), StatusCodes.Status202Accepted);
    }

    /// <param name="Under16">Whether the person is under 16: a parent is asked first then.</param>
    public sealed record Request(string Email, bool Under16, Proof Proof, string? ParentEmail = null)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Email(Email, "email");
            if (Under16) validation.Email(ParentEmail, "parentEmail");
            else validation.Require(ParentEmail is null, "parentEmail", "Only for somebody under 16.");
            validation.Require(
                ParentEmail is null || Email is null || EmailAddress.MailboxOf(ParentEmail) != EmailAddress.MailboxOf(Email), "parentEmail", "A parent has an address of their own.");
            Proof.Validate(Proof, validation);
            return validation.Problem;
        }
    }

    public sealed record Response(string Message);
}

[JsonSerializable(typeof(JoinNewsletter.Request))]
[JsonSerializable(typeof(JoinNewsletter.Response))]
[JsonSerializable(typeof(Challenge))]
internal sealed partial class NewsletterJson : JsonSerializerContext
{
    public static NewsletterJson Web { get; } = new(Json.Strict());
}
