using System.Text.Json.Nodes;

namespace Shop.Local.PayPal;

/// <summary>Orders: made by the shop, approved by the buyer, gone after six hours unless captured.</summary>
internal sealed class Orders(PayPalAccount account)
{
    public Order Create(Body body)
    {
        if (body.OneOf("intent", "CAPTURE", "AUTHORIZE") is not { } intent)
            throw body.Missing("intent");
        if (intent != "CAPTURE")
            throw ApiError.Unsupported("authorizations", "/intent");
        var units = body.List("purchase_units");
        if (units.Count == 0)
            throw body.Missing("purchase_units");
        if (units.Count > 1)
            throw ApiError.Unsupported("several purchase units", "/purchase_units");
        var (currency, total) = OrderRules.Check(units[0]);
        var source = body.Object("payment_source")?.Object("paypal");
        var context = source?.Object("experience_context") ?? body.Object("application_context");
        var unit = units[0].Copy();
        unit["reference_id"] ??= "default";
        var order = new Order
        {
            Id = account.NextNumber(),
            Created = account.Now,
            Updated = account.Now,
            Unit = unit,
            Currency = currency,
            Total = total,
            CustomId = units[0].Text("custom_id", 127),
            InvoiceId = units[0].Text("invoice_id", 127),
            HasSource = source is not null,
            ReturnUrl = Address(context, "return_url"),
            CancelUrl = Address(context, "cancel_url"),
            BrandName = context?.Text("brand_name", 127),
            ImmediateOnly = context?.OneOf("payment_method_preference", "UNRESTRICTED", "IMMEDIATE_PAYMENT_REQUIRED") == "IMMEDIATE_PAYMENT_REQUIRED",
            Status = source is null ? "CREATED" : "PAYER_ACTION_REQUIRED",
        };
        context?.OneOf("shipping_preference", "GET_FROM_FILE", "NO_SHIPPING", "SET_PROVIDED_ADDRESS");
        context?.OneOf("user_action", "CONTINUE", "PAY_NOW");
        context?.OneOf("landing_page", "LOGIN", "GUEST_CHECKOUT", "NO_PREFERENCE", "BILLING");
        account.State.Orders.Add(order.Id, order);
        return order;
    }

    public Order Find(string id) =>
        account.State.Orders.TryGetValue(id, out var order) && !IsGone(order) ? order : throw ApiError.Missing();

    /// <summary>The buyer agrees. The event comes whether or not the browser goes back to the shop.</summary>
    public Order Approve(string id, BuyerChoice choice, string? email, string? name, string? declineCode = null)
    {
        var order = Find(id);
        if (!CanApprove(order))
            throw ApiError.Unprocessable("ORDER_ALREADY_COMPLETED", $"The order is {order.Status}: there is nothing to approve.");
        if (order.ImmediateOnly && choice is (BuyerChoice.ApprovesWithECheck or BuyerChoice.ApprovesWithBouncingECheck))
            throw ApiError.Unprocessable("PAYER_CANNOT_PAY", "The shop asks for immediate payment.");
        order.PayerId ??= account.NextId("", 13, radix: 36);
        order.PayerEmail = email ?? order.PayerEmail ?? "buyer@example.com";
        order.PayerName = name ?? order.PayerName ?? "Zoë Müller";
        order.Funding = choice switch
        {
            BuyerChoice.ApprovesWithDeclinedCard => Funding.DeclinedCard,
            BuyerChoice.ApprovesWithECheck => Funding.ECheck,
            BuyerChoice.ApprovesWithBouncingECheck => Funding.BouncingECheck,
            _ => Funding.Balance,
        };
        order.DeclineCode = declineCode;
        order.Status = "APPROVED";
        order.Updated = account.Now;
        account.Raise("CHECKOUT.ORDER.APPROVED", Show(order));
        return order;
    }

    /// <summary>The buyer, or PayPal, takes the approval back before the shop has captured.</summary>
    public Order Unapprove(string id)
    {
        var order = Find(id);
        if (order.Status != "APPROVED")
            throw ApiError.Unprocessable("ORDER_NOT_APPROVED", "Only an approved order can lose its approval.");
        order.Status = order.HasSource ? "PAYER_ACTION_REQUIRED" : "CREATED";
        order.Updated = account.Now;
        account.Raise("CHECKOUT.PAYMENT-APPROVAL.REVERSED", new JsonObject
        {
            ["order_id"] = order.Id,
            ["purchase_units"] = new JsonArray(new JsonObject
            {
                ["reference_id"] = "default",
                ["custom_id"] = order.CustomId,
                ["invoice_id"] = order.InvoiceId,
            }),
            ["payment_source"] = new JsonObject { ["paypal"] = new JsonObject() },
        });
        return order;
    }

    /// <summary>Also once more after the card was declined: the buyer chooses another.</summary>
    public static bool CanApprove(Order order) =>
        order.Status is "CREATED" or "PAYER_ACTION_REQUIRED" || (order.Status == "APPROVED" && order.Funding == Funding.DeclinedCard);

    public bool IsGone(Order order) =>
        order.Status != "COMPLETED" && order.Created + (long)account.Options.OrdersAreKept.TotalSeconds <= account.Now;

    public Uri PageOf(Order order) => new(account.Address, $"/checkoutnow?token={order.Id}");

    public JsonObject Show(Order order) => RenderOrder.Order(account.State, order, PageOf(order));

    private static string? Address(Body? context, string name)
    {
        if (context?.Text(name, 2_000) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out _) ? text : throw context.Syntax(name);
    }
}
