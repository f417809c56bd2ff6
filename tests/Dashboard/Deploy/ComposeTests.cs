using YamlDotNet.RepresentationModel;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>The form of the files in deploy/, as far as it can be known without running containers.</summary>
public class ComposeTests
{
    private static readonly YamlNode Compose = Load("deploy", "compose.yaml");

    [Fact]
    public void Compose_Services_DependOnEachOtherAndMountWhatExists()
    {
        var services = (YamlMappingNode)Compose["services"];
        var names = services.Children.Keys.Select(key => key.ToString()).ToHashSet();
        var volumes = ((YamlMappingNode)Compose["volumes"]).Children.Keys.Select(key => key.ToString()).ToHashSet();
        Assert.Equal(["grafana", "postgres", "prometheus", "silo"], names.Order(StringComparer.Ordinal));
        foreach (var service in services.Children.Values.Cast<YamlMappingNode>())
        {
            foreach (var needed in Children(service, "depends_on"))
            {
                Assert.Contains(needed, names);
            }

            foreach (var source in Children(service, "volumes").Where(mount => !mount.StartsWith('$')).Select(mount => mount.Split(':')[0]))
            {
                Assert.True(source.StartsWith("./", StringComparison.Ordinal) ? Directory.Exists(Repository.PathOf("deploy", source)) : volumes.Contains(source), source);
            }

            Assert.All(Children(service, "ports"), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Compose_SiloImage_IsBuiltFromFilesThatExist()
    {
        var build = Compose["services"]["silo"]["build"];

        Assert.Equal(Repository.Root, Path.GetFullPath(Repository.PathOf("deploy", build["context"].ToString())));
        Assert.True(File.Exists(Repository.PathOf(build["dockerfile"].ToString())));
        foreach (var line in Repository.Read("deploy", "Dockerfile").Split('\n').Where(line => line.StartsWith("COPY deploy/", StringComparison.Ordinal)))
        {
            Assert.True(File.Exists(Repository.PathOf(line.Split(' ')[1])), line);
        }
    }

    [Fact]
    public void Provisioning_DataSourceAndDashboards_FitTheRest()
    {
        var source = Load("deploy", "grafana", "provisioning", "datasources", "prometheus.yaml")["datasources"][0];
        var provider = Load("deploy", "grafana", "provisioning", "dashboards", "approx.yaml")["providers"][0];
        var prometheus = Load("deploy", "prometheus", "prometheus.yml");

        Assert.Equal(prometheus["global"]["scrape_interval"].ToString(), source["jsonData"]["timeInterval"].ToString());
        Assert.Contains($":{provider["options"]["path"]}:ro", string.Join('\n', Children((YamlMappingNode)Compose["services"]["grafana"], "volumes")), StringComparison.Ordinal);
        Assert.Equal("$PROMETHEUS_URL", source["url"].ToString());
        Assert.Equal("http://prometheus:9090", Compose["services"]["grafana"]["environment"]["PROMETHEUS_URL"].ToString());
        Assert.Equal("silo", prometheus["scrape_configs"][0]["dns_sd_configs"][0]["names"][0].ToString());
    }

    private static IEnumerable<string> Children(YamlMappingNode node, string key) => !node.Children.TryGetValue(key, out var child) ? []
        : child is YamlMappingNode mapping ? mapping.Children.Keys.Select(name => name.ToString())
        : ((YamlSequenceNode)child).Select(entry => entry.ToString());

    private static YamlNode Load(params string[] parts)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read(parts)));
        return yaml.Documents[0].RootNode;
    }
}
