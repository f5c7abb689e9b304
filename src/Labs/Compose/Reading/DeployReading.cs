using Net.Api.Containers;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads <c>deploy</c>: how many containers a service has, and when they are started again.</summary>
/// <param name="Replicas">How many; null when it is not said.</param>
/// <param name="Restart">When; null when it is not said.</param>
/// <param name="Ignored">The keys that have no meaning here.</param>
internal sealed record DeployReading(int? Replicas, RestartPolicy? Restart, IReadOnlyList<Scalar> Ignored)
{
    private const string Policy = "restart_policy";

    private static readonly HashSet<string> IgnoredOfPolicy = new(StringComparer.Ordinal) { "delay", "window" };

    public static DeployReading Of(Fields service)
    {
        Fields fields = service.Child("deploy");
        int? replicas = fields.Number("replicas");
        bool hasPolicy = fields.Take(Policy) is not null;
        Fields policy = fields.Child(Policy);
        RestartPolicy restart = RestartOf(policy);
        Scalar[] ignored =
        [
            .. policy.Finish("a restart policy", IgnoredOfPolicy).Select(key => key with { Text = $"deploy.{Policy}.{key.Text}" }),
            .. fields.Finish("deploy", IgnoredKeys.OfDeploy).Select(key => key with { Text = $"deploy.{key.Text}" }),
        ];
        return new DeployReading(replicas, hasPolicy ? restart : null, ignored);
    }

    private static RestartPolicy RestartOf(Fields policy)
    {
        int attempts = policy.Number("max_attempts") ?? 0;
        return policy.Text("condition") switch
        {
            "none" => new RestartPolicy { Name = "no" },
            null or "any" => new RestartPolicy { Name = "always" },
            "on-failure" => new RestartPolicy { Name = "on-failure", MaximumRetryCount = attempts },
            { } other => throw policy.Fault("condition", $"\"{other}\" is no condition: it takes none, on-failure or any"),
        };
    }
}
