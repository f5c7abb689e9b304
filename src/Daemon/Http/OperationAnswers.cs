using Net.Api;
using Net.Api.Daemons;
using Net.Cnm.Errors;
using Net.Controller;

namespace Net.Daemon.Http;

/// <summary>Answers requests for changes. It is the only place in the routes that knows <c>dryRun=1</c>.</summary>
internal static class OperationAnswers
{
    /// <summary>Runs an operation and writes the answer; with <c>dryRun=1</c> the answer is the commands that explain it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="operation">The change that the request asks for. Once begun it is carried to its end, also when the client
    /// leaves.</param>
    /// <param name="answer">Writes the answer to a change that was made; the argument is the operation's result.</param>
    public static async Task AnswerAsync<T>(this HttpContext context, ControllerOperation<T> operation, Func<T, Task> answer)
    {
        if (context.HasFlag(ApiPaths.DryRunQuery))
        {
            IReadOnlyList<string> commands = await operation.ExplainAsync(context.RequestAborted);
            await context.WriteJsonAsync(new DryRunResponse { Commands = commands }, ApiJson.Wire.DryRunResponse);
            return;
        }

        await answer(await operation.RunAsync(CancellationToken.None));
    }

    /// <summary>Says in the description of a route that its change can be explained instead of made.</summary>
    public static IEndpointConventionBuilder Explains(this IEndpointConventionBuilder route) => route
        .Query(ApiPaths.DryRunQuery, "1: nothing is changed, and the answer is the commands that do the same.")
        .Answers<DryRunResponse>();

    /// <summary>Refuses <c>dryRun=1</c> for a change that cannot be explained as a whole, so that it is not carried out instead.</summary>
    /// <exception cref="CnmException">NotImplemented: the request asks for an explanation.</exception>
    public static void RefuseDryRun(this HttpContext context, string what)
    {
        if (context.HasFlag(ApiPaths.DryRunQuery))
        {
            throw new CnmException(CnmErrorKind.NotImplemented, $"{what} cannot be explained; explain the removal of each");
        }
    }

    /// <summary>Runs or explains an operation whose result is not part of the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="operation">The change that the request asks for.</param>
    /// <param name="status">The status of the answer to a change that was made; the answer has no body.</param>
    public static Task AnswerAsync<T>(this HttpContext context, ControllerOperation<T> operation, int status) =>
        context.AnswerAsync(operation, _ =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });
}
