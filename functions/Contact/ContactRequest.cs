using System.Text.Json.Serialization;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Visitors;

namespace Shop.Functions.Contact;

/// <summary>What somebody writes to the desk.</summary>
/// <param name="OrderNumber">As the customer has it. Nobody looks whether there is such an order: the answer would tell a stranger.</param>
/// <param name="Receipt">Whether the sender wants a mail that says that it has come.</param>
public sealed record ContactRequest(
    string Name, string Email, ContactKind Kind, string Subject, string Text, Proof Proof, string? OrderNumber = null, bool Receipt = false)
{
    public const int LongestText = 5_000;

    public Problem? Validate()
    {
        var validation = new Validation();
        validation.Text(Name, "name", 100);
        validation.Email(Email, "email");
        validation.Text(Subject, "subject", 150);
        validation.Lines(Text, "text", LongestText);
        validation.OptionalText(OrderNumber, "orderNumber", 30);
        Proof.Validate(Proof, validation);
        return validation.Problem;
    }
}

[JsonSerializable(typeof(ContactRequest))]
[JsonSerializable(typeof(SubmitEnquiry.Response))]
[JsonSerializable(typeof(Challenge))]
internal sealed partial class ContactJson : JsonSerializerContext
{
    public static ContactJson Web { get; } = new(Json.Strict());
}
