using Net.Labs.Compose.Models;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Reads <c>depends_on</c>, short and long.</summary>
internal static class DependencyReading
{
    public static IReadOnlyList<ServiceDependency> Read(Fields service) => service.Take("depends_on") switch
    {
        null => [],
        Sequence names => [.. names.Items.Select(item => item is Scalar name
            ? new ServiceDependency(name.Text, DependencyCondition.Started, IsRequired: true, Restarts: false, name.Place)
            : throw new FileFaultException(item.Place, $"{service.PathOf("depends_on")} is a list, and takes names of services in it"))],
        _ => [.. service.Children("depends_on").Select(entry => Of(entry.Name, new Fields(
            entry.Value, $"{service.PathOf("depends_on")}.{entry.Name.Text}")))],
    };

    private static ServiceDependency Of(Scalar name, Fields fields)
    {
        DependencyCondition condition = fields.Text("condition") switch
        {
            null or "service_started" => DependencyCondition.Started,
            "service_healthy" => DependencyCondition.Healthy,
            "service_completed_successfully" => DependencyCondition.CompletedSuccessfully,
            { } other => throw fields.Fault(
                "condition", $"\"{other}\" is no condition: it takes service_started, service_healthy or service_completed_successfully"),
        };
        bool isRequired = fields.Switch("required") ?? true;
        bool restarts = fields.Switch("restart") ?? false;
        fields.Finish("a dependency");
        return new ServiceDependency(name.Text, condition, isRequired, restarts, name.Place);
    }
}
