using System.Text;
using System.Text.Json.Nodes;

namespace Net.Tests.TestPlugin;

/// <summary>One request to the plug-in, answered as the protocol says or wrongly, as the folder says.</summary>
internal sealed class PluginRequest(PluginFolder folder, string method, HttpContext context)
{
    /// <summary>Answers.</summary>
    public async Task AnswerAsync()
    {
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        folder.Note(method, body);
        string? fault = folder.FaultOf(method);
        if (fault is not null and not "late")
        {
            await MisbehaveAsync(fault);
            return;
        }

        JsonObject answer;
        try
        {
            JsonObject request = body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
            answer = folder.Change(state => Answer(request, state));
        }
        catch (InvalidOperationException refusal)
        {
            answer = new JsonObject { [method.StartsWith("Ipam", StringComparison.Ordinal) ? "Error" : "Err"] = refusal.Message };
        }

        if (fault is "late")
        {
            await MisbehaveAsync("hang"); // it has done it, and nobody hears of it
        }

        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private JsonObject Answer(JsonObject request, JsonObject state) => method switch
    {
        "Plugin.Activate" => new JsonObject { ["Implements"] = new JsonArray("NetworkDriver", "IpamDriver") },
        "NetworkDriver.GetCapabilities" => new JsonObject { ["Scope"] = "local", ["ConnectivityScope"] = "local" },
        _ when method.StartsWith("NetworkDriver.", StringComparison.Ordinal) => new BridgeNetworks(state).Answer(method[14..], request),
        _ when method.StartsWith("IpamDriver.", StringComparison.Ordinal) => new Pools(state).Answer(method[11..], request),
        _ => throw new InvalidOperationException($"no method {method}"),
    };

    private async Task MisbehaveAsync(string fault)
    {
        string[] words = fault.Split(' ', 2);
        switch (words[0])
        {
            case "hang":
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case "status":
                context.Response.StatusCode = int.Parse(words[1]);
                await context.Response.WriteAsync("the plug-in is unwell");
                break;
            case "drop":
                context.Abort();
                break;
            case "large":
                for (int i = 0; i < 10 && !context.RequestAborted.IsCancellationRequested; i++)
                {
                    await context.Response.WriteAsync(new string(' ', 1 << 20));
                }

                break;
            case "slowly":
                foreach (char character in "{\"Scope\":\"local\"}")
                {
                    await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes([character]));
                    await context.Response.Body.FlushAsync();
                    await Task.Delay(TimeSpan.FromSeconds(2), context.RequestAborted);
                }

                break;
            default: // an answer, word for word
                await context.Response.WriteAsync(fault);
                break;
        }
    }
}
