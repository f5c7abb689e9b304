namespace Net.Daemon.Http;

/// <summary>Says of a route what it takes and answers. The OpenAPI description, <c>docs/api/openapi.json</c>, is made of this.</summary>
internal static class RouteDescriptions
{
    /// <summary>Names the operation and says in a sentence what it does.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The operation's id in the description, as Docker's description names it where it has it.</param>
    /// <param name="summary">One sentence.</param>
    public static IEndpointConventionBuilder Describe(this IEndpointConventionBuilder route, string name, string summary) =>
        route.WithMetadata(new OperationForm(name, summary));

    /// <summary>The document in the request's body; an empty body stands for one without fields.</summary>
    public static IEndpointConventionBuilder Takes<T>(this IEndpointConventionBuilder route) =>
        route.WithMetadata(new BodyForm("application/json", typeof(T)));

    /// <summary>A request's body in another form than JSON.</summary>
    public static IEndpointConventionBuilder TakesIn(this IEndpointConventionBuilder route, string mediaType) =>
        route.WithMetadata(new BodyForm(mediaType, Document: null));

    /// <summary>A parameter of the query. It may be absent.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="description">What it asks for.</param>
    public static IEndpointConventionBuilder Query(this IEndpointConventionBuilder route, string name, string description) =>
        route.WithMetadata(new QueryForm(name, description));

    /// <summary>An answer with a JSON document.</summary>
    public static IEndpointConventionBuilder Answers<T>(this IEndpointConventionBuilder route, int status = StatusCodes.Status200OK) =>
        route.WithMetadata(new AnswerForm(status, "application/json", typeof(T)));

    /// <summary>An answer without a body.</summary>
    public static IEndpointConventionBuilder Answers(this IEndpointConventionBuilder route, int status) =>
        route.WithMetadata(new AnswerForm(status, MediaType: null, Document: null));

    /// <summary>An answer in another form than JSON.</summary>
    public static IEndpointConventionBuilder AnswersIn(
        this IEndpointConventionBuilder route, string mediaType, int status = StatusCodes.Status200OK) =>
        route.WithMetadata(new AnswerForm(status, mediaType, Document: null));

    /// <summary>An answer of JSON documents, one a line, that goes on until the client disconnects or there is no more to come.</summary>
    public static IEndpointConventionBuilder AnswersLines<T>(this IEndpointConventionBuilder route, string mediaType) =>
        route.WithMetadata(new AnswerForm(StatusCodes.Status200OK, mediaType, typeof(T)));

    /// <summary>The statuses with which the request may be refused besides 400 and 500, and 404 of a path with an id. The answer is an
    /// <see cref="Api.Daemons.ErrorResponse"/>.</summary>
    public static IEndpointConventionBuilder Refuses(this IEndpointConventionBuilder route, params int[] statuses) =>
        route.WithMetadata(new RefusalForm(statuses));

    private static IEndpointConventionBuilder WithMetadata(this IEndpointConventionBuilder route, object form)
    {
        route.Add(endpoint => endpoint.Metadata.Add(form));
        return route;
    }
}

/// <summary>An operation's name and what it does.</summary>
internal sealed record OperationForm(string Name, string Summary);

/// <summary>What is in a request's body.</summary>
/// <param name="MediaType">The form of the body.</param>
/// <param name="Document">The document; null for another form than JSON.</param>
internal sealed record BodyForm(string MediaType, Type? Document);

/// <summary>A parameter of a request's query.</summary>
internal sealed record QueryForm(string Name, string Description);

/// <summary>One of an operation's answers.</summary>
/// <param name="Status">Its status.</param>
/// <param name="MediaType">The form of its body; null for none.</param>
/// <param name="Document">The document in its body, or, of lines, in each line; null for other bodies.</param>
internal sealed record AnswerForm(int Status, string? MediaType, Type? Document);

/// <summary>The statuses with which an operation is refused.</summary>
internal sealed record RefusalForm(IReadOnlyList<int> Statuses);
